package dev.slipway.oci.registry;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.Index;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An index of the referrers of a manifest. Its entries have artifact types, unlike those of other indexes. */
final class ReferrerList {

    static final ReferrerList EMPTY = new ReferrerList(
            List.of(),
            "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}"
                    .formatted(MediaTypes.OCI_INDEX)
                    .getBytes(StandardCharsets.UTF_8));

    private final List<Referrer> referrers;
    private final byte[] document;

    private ReferrerList(List<Referrer> referrers, byte[] document) {
        this.referrers = List.copyOf(referrers);
        this.document = document;
    }

    /**
     * Reads a list.
     *
     * @throws InvalidImageException if it is not one
     */
    static ReferrerList parse(byte[] document) throws InvalidImageException {
        List<Referrer> referrers = new ArrayList<>();
        List<Descriptor> descriptors = Index.parse(document).manifests();
        try {
            List<JsonObject> entries = Json.object(document).objects("manifests");
            for (int i = 0; i < entries.size(); i++) {
                referrers.add(new Referrer(descriptors.get(i), entries.get(i).string("artifactType")));
            }
        } catch (JsonException e) {
            throw new InvalidImageException("invalid list of referrers: " + e.getMessage(), e);
        }
        return new ReferrerList(referrers, document);
    }

    List<Referrer> list() {
        return referrers;
    }

    boolean has(Referrer referrer) {
        return referrers.stream()
                .anyMatch(known ->
                        known.descriptor().digest().equals(referrer.descriptor().digest()));
    }

    /** The document with one more entry; all others keep their members. */
    byte[] with(Referrer referrer) throws JsonException {
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) requireNonNull(Json.value(document))).forEach((name, value) -> members.put((String) name, value));
        List<Object> entries = new ArrayList<>((List<?>) members.getOrDefault("manifests", List.of()));
        Descriptor descriptor = referrer.descriptor();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mediaType", descriptor.mediaType());
        entry.put("digest", descriptor.digest().toString());
        entry.put("size", descriptor.size());
        if (!descriptor.annotations().isEmpty()) {
            entry.put("annotations", descriptor.annotations());
        }
        entry.put("artifactType", referrer.artifactType());
        entries.add(entry);
        members.put("manifests", entries);
        return JsonWriter.go().value(members).toBytes();
    }
}
