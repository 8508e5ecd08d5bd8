/** What this machine has built as images: layers with the blobs that the store has or makes of them, and the files of a root. */
package dev.slipway.local.image;
