/** The content of an image or an index, without its layers: platforms, configs, history, and attestations. */
@NullMarked
package dev.slipway.oci.inspect;

import org.jspecify.annotations.NullMarked;
