/**
 * JSON for this module alone: strict reading into maps and lists of the JDK, and writing byte for byte as Go does, so that
 * equal images get equal digests. No type of a JSON library leaves this package.
 */
package dev.slipway.oci.json;
