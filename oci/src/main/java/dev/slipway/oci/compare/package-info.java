/** What is different between two images: config, history, layers and files. */
package dev.slipway.oci.compare;
