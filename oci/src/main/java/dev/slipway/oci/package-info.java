/**
 * The image model of OCI: descriptors, manifests, indexes and configs, and how an image of a platform is found in them.
 *
 * <p>Everything here is plain data but {@link dev.slipway.oci.BlobSource}: only its {@code open} does I/O, and what it
 * returns is checked against digest and size while it is read.
 */
@NullMarked
package dev.slipway.oci;

import org.jspecify.annotations.NullMarked;
