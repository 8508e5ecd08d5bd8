/**
 * OCI image layouts, as a folder and as a tar archive: reading what is in one, and writing images into one.
 *
 * <p>Nothing half-written is ever visible under its final name.
 */
@NullMarked
package dev.slipway.oci.layout;

import org.jspecify.annotations.NullMarked;
