/** What is said about images beside them: in-toto attestations, such as provenance and lists of what is inside. */
package dev.slipway.oci.attest;
