/**
 * Collection: what the store can do without. Roots are cache records and downloads; a layer is needed by the roots whose results
 * are built upon it, and by layers that refer to bytes which it keeps. What running builds use, in any process, is spared.
 */
@NullMarked
package dev.slipway.local.collect;

import org.jspecify.annotations.NullMarked;
