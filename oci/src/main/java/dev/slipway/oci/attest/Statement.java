package dev.slipway.oci.attest;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.json.JsonWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An in-toto statement: its subjects and its predicate.
 *
 * @param predicateType the type of the predicate
 * @param subjects what it is about
 * @param predicate the content
 */
public record Statement(String predicateType, List<Subject> subjects, Map<String, Object> predicate) {

    private static final String TYPE = "https://in-toto.io/Statement/v1";

    public Statement {
        requireNonNull(predicateType, "predicateType is null");
        subjects = List.copyOf(requireNonNull(subjects, "subjects is null"));
        requireNonNull(predicate, "predicate is null");
    }

    /**
     * The statement that an attestation becomes in one output.
     *
     * @param subjects its subjects unless it has its own
     * @param layers of the image, if one is written
     */
    public static Statement of(Attestation attestation, List<Subject> subjects, List<WrittenLayer> layers)
            throws IOException, InterruptedException {
        return new Statement(
                attestation.predicateType(),
                attestation.subjects().isEmpty() ? subjects : attestation.subjects(),
                attestation.predicate().of(layers));
    }

    /** The document without white space, as images have it. */
    public byte[] toJson() {
        return JsonWriter.go().value(members()).toBytes();
    }

    /** The document, indented, as files have it. */
    public byte[] toIndentedJson() {
        return JsonWriter.goIndented().value(members()).toBytes();
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("_type", TYPE);
        members.put("predicateType", predicateType);
        members.put("subject", subjects.stream().map(Statement::members).toList());
        members.put("predicate", predicate);
        return members;
    }

    private static Map<String, Object> members(Subject subject) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", subject.name());
        members.put("digest", subject.digests());
        return members;
    }
}
