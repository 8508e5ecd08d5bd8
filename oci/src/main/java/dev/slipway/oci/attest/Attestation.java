package dev.slipway.oci.attest;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something that is said about the image of one platform.
 *
 * @param predicateType says what the predicate is, such as {@link PredicateTypes#SLSA_1}
 * @param fileName of the file in outputs that are files, such as {@code provenance.json}
 * @param inlineOnly whether it is for outputs alone that are images, and makes no index where there would be none
 * @param subjects what it is about, if not the image
 * @param predicate what is said
 */
public record Attestation(
        String predicateType, String fileName, boolean inlineOnly, List<Subject> subjects, Predicate predicate) {

    public Attestation {
        requireNonNull(predicateType, "predicateType is null");
        requireNonNull(fileName, "fileName is null");
        subjects = List.copyOf(requireNonNull(subjects, "subjects is null"));
        requireNonNull(predicate, "predicate is null");
    }
}
