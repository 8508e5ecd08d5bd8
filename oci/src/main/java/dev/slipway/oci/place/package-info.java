/**
 * The places of images: registries, OCI layouts and archives. Users write a place as text; images are read from it
 * ({@link dev.slipway.oci.place.StoredImage}), and written to it ({@link dev.slipway.oci.place.ImageSink}).
 */
@NullMarked
package dev.slipway.oci.place;

import org.jspecify.annotations.NullMarked;
