/**
 * Where a build begins: images, folders of the client, URLs and git repositories. Each source can say what it holds now, as a
 * key, before more of it is fetched than that takes; running it makes a root of it.
 */
@NullMarked
package dev.slipway.local.source;

import org.jspecify.annotations.NullMarked;
