/** What is different between two images: config, history, layers and files. */
@NullMarked
package dev.slipway.oci.compare;

import org.jspecify.annotations.NullMarked;
