/** What is in an image or an index, without its layers: platforms, configs, history, and what is attested. */
@NullMarked
package dev.slipway.oci.inspect;

import org.jspecify.annotations.NullMarked;
