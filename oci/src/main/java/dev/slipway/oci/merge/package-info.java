/** Indexes out of images and other indexes: joined, and reduced to some platforms. */
@NullMarked
package dev.slipway.oci.merge;

import org.jspecify.annotations.NullMarked;
