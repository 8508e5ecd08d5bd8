/** The files of an image, as its layers make them one after the other. */
@NullMarked
package dev.slipway.oci.files;

import org.jspecify.annotations.NullMarked;
