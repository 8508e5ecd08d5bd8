/**
 * Provenance: how an image was made, in the form of SLSA that BuildKit writes. {@link dev.slipway.provenance.Sources} says what
 * a build took from outside, {@link dev.slipway.provenance.BuildSteps} what it did, and
 * {@link dev.slipway.provenance.BuildProvenance} puts both into the documents of either version.
 */
@NullMarked
package dev.slipway.provenance;

import org.jspecify.annotations.NullMarked;
