/** Certificates and keys that are in files. */
package dev.slipway.oci.tls;
