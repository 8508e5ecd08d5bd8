/** What is said about images beside them: in-toto attestations, such as provenance and lists of what is inside. */
@NullMarked
package dev.slipway.oci.attest;

import org.jspecify.annotations.NullMarked;
