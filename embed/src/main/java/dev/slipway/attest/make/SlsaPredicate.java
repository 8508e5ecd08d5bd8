package dev.slipway.attest.make;

import static java.util.Objects.requireNonNull;

import dev.slipway.attest.Provenance.Version;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.attest.Predicate;
import dev.slipway.oci.attest.PredicateTypes;
import dev.slipway.oci.attest.WrittenLayer;
import dev.slipway.provenance.BuildProvenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an image was made, in one version of SLSA's document.
 *
 * @param provenance what is said
 * @param version how
 */
public record SlsaPredicate(BuildProvenance provenance, Version version) implements Predicate {

    public SlsaPredicate {
        requireNonNull(provenance, "provenance is null");
        requireNonNull(version, "version is null");
    }

    /** What is said of how an image was made, if that is among what is said about it. */
    public static Optional<BuildProvenance> among(List<Attestation> attestations) {
        return attestations.stream()
                .map(Attestation::predicate)
                .filter(SlsaPredicate.class::isInstance)
                .map(predicate -> ((SlsaPredicate) predicate).provenance)
                .findFirst();
    }

    /** The name of the document. */
    public String type() {
        return switch (version) {
            case V0_2 -> PredicateTypes.SLSA_02;
            case V1 -> PredicateTypes.SLSA_1;
        };
    }

    @Override
    public Map<String, Object> of(List<WrittenLayer> layers) {
        return switch (version) {
            case V0_2 -> provenance.slsa02(layers);
            case V1 -> provenance.slsa1(layers);
        };
    }
}
