/**
 * Where images are: registries, OCI layouts and archives. A place is what a user writes; from it an image is read ({@link
 * dev.slipway.oci.place.StoredImage}), and to it one is written ({@link dev.slipway.oci.place.ImageSink}).
 */
@NullMarked
package dev.slipway.oci.place;

import org.jspecify.annotations.NullMarked;
