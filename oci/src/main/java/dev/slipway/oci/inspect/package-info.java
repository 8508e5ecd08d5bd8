/** What is in an image or an index, without its layers: platforms, configs, history, and what is attested. */
package dev.slipway.oci.inspect;
