package dev.slipway.oci.attest;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A statement about the image of one platform.
 *
 * @param predicateType the type of the predicate, such as {@link PredicateTypes#SLSA_1}
 * @param fileName the name of its file in outputs that are files, such as {@code provenance.json}
 * @param inlineOnly whether it is only for outputs that are images, and does not turn a single manifest into an index
 * @param subjects what it is about, if not the image
 * @param predicate the statement's content
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
