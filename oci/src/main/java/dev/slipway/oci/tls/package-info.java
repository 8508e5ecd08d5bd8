/** Certificates and keys that are in files. */
@NullMarked
package dev.slipway.oci.tls;

import org.jspecify.annotations.NullMarked;
