package dev.slipway.oci.inspect;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One statement about an image.
 *
 * @param manifest the manifest that the index lists
 * @param statement the in-toto statement
 * @param predicateType its type, such as {@code https://slsa.dev/provenance/v1}
 * @param summary a summary in lines {@code name: value}; empty if its type is not known
 */
public record InspectedAttestation(
        Descriptor manifest, Descriptor statement, String predicateType, List<String> summary) {

    private static final String PREDICATE_TYPE = "in-toto.io/predicate-type";

    public InspectedAttestation {
        requireNonNull(manifest, "manifest is null");
        requireNonNull(statement, "statement is null");
        requireNonNull(predicateType, "predicateType is null");
        summary = List.copyOf(summary);
    }

    /** The statements of one manifest of an index. */
    static List<InspectedAttestation> of(Descriptor manifest, BlobSource blobs) throws IOException {
        List<InspectedAttestation> attestations = new ArrayList<>();
        for (Descriptor statement :
                Manifest.parse(blobs.read(manifest).toArray()).layers()) {
            String type = statement.annotations().getOrDefault(PREDICATE_TYPE, "");
            attestations.add(
                    new InspectedAttestation(manifest, statement, type, StatementSummary.of(type, statement, blobs)));
        }
        return attestations;
    }
}
