package dev.slipway.oci.inspect;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A summary of an attestation. Anything in an unexpected place is left out, since anybody can write one. */
final class StatementSummary {

    private static final String PROVENANCE = "https://slsa.dev/provenance/";
    private static final String SPDX = "https://spdx.dev/Document";

    private final List<String> lines = new ArrayList<>();

    private StatementSummary() {}

    static List<String> of(String predicateType, Descriptor statement, BlobSource blobs) throws IOException {
        boolean provenance = predicateType.startsWith(PROVENANCE);
        if (!provenance && !predicateType.equals(SPDX)) {
            return List.of();
        }
        if (statement.size() > BlobSource.MAX_DOCUMENT_SIZE) {
            return List.of("size: " + statement.size() + " bytes, which is too much to look into it");
        }
        StatementSummary summary = new StatementSummary();
        try {
            Optional<JsonObject> predicate =
                    Json.object(blobs.read(statement).toArray()).object("predicate");
            if (predicate.isPresent() && provenance) {
                summary.provenance(predicate.get());
            } else if (predicate.isPresent()) {
                summary.spdx(predicate.get());
            }
        } catch (JsonException e) {
            summary.lines.add("damaged: " + e.getMessage());
        }
        return summary.lines;
    }

    /** Version 0.2 has everything at the top, version 1 in two parts. */
    private void provenance(JsonObject predicate) throws JsonException {
        Optional<JsonObject> definition = predicate.object("buildDefinition");
        Optional<JsonObject> run = predicate.object("runDetails");
        JsonObject build = definition.orElse(predicate);
        JsonObject details = run.orElse(predicate);
        add("builder", text(details.object("builder"), "id"));
        add("build type", build.string("buildType"));
        Optional<JsonObject> metadata = details.object("metadata");
        add("started", text(metadata, definition.isPresent() ? "startedOn" : "buildStartedOn"));
        add("finished", text(metadata, definition.isPresent() ? "finishedOn" : "buildFinishedOn"));
        List<JsonObject> materials = build.objects(definition.isPresent() ? "resolvedDependencies" : "materials");
        for (JsonObject material : materials) {
            add("source", material.string("uri") + digest(material));
        }
    }

    private static String digest(JsonObject material) throws JsonException {
        Optional<JsonObject> digest = material.object("digest");
        if (digest.isEmpty() || digest.get().names().isEmpty()) {
            return "";
        }
        String algorithm = digest.get().names().get(0);
        return " (" + algorithm + ":" + digest.get().string(algorithm) + ")";
    }

    private void spdx(JsonObject document) throws JsonException {
        add("format", document.string("spdxVersion"));
        add("name", document.string("name"));
        add("packages", String.valueOf(document.objects("packages").size()));
        add("files", String.valueOf(document.objects("files").size()));
        Optional<JsonObject> creation = document.object("creationInfo");
        if (creation.isPresent()) {
            add("made by", String.join(", ", creation.get().strings("creators")));
        }
    }

    private static String text(Optional<JsonObject> object, String name) throws JsonException {
        return object.isPresent() ? object.get().string(name) : "";
    }

    private void add(String name, String value) {
        if (!value.isEmpty()) {
            lines.add(name + ": " + value);
        }
    }
}
