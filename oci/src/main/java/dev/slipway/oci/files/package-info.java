/** The files of an image, as its layers make them one after the other. */
package dev.slipway.oci.files;
