/** In-toto attestations that accompany images, such as provenance and lists of contents. */
@NullMarked
package dev.slipway.oci.attest;

import org.jspecify.annotations.NullMarked;
