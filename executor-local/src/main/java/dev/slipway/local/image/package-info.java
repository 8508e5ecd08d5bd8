/** What this machine has built as images: layers with the blobs that the store has or makes of them, and the files of a root. */
@NullMarked
package dev.slipway.local.image;

import org.jspecify.annotations.NullMarked;
