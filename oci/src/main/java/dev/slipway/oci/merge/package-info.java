/** Indexes out of images and other indexes: joined, and reduced to some platforms. */
package dev.slipway.oci.merge;
