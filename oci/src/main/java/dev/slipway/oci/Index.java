package dev.slipway.oci;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.json.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A list of manifests: those of one image for several platforms, or all manifests of a layout.
 *
 * @param mediaType {@link MediaTypes#OCI_INDEX} or {@link MediaTypes#DOCKER_INDEX}
 * @param manifests in the order of the document
 * @param annotations annotations
 */
public record Index(String mediaType, List<Descriptor> manifests, SortedMap<String, String> annotations) {

    public Index {
        requireNonNull(mediaType, "mediaType is null");
        manifests = List.copyOf(manifests);
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** An OCI index without annotations. */
    public static Index of(List<Descriptor> manifests) {
        return new Index(MediaTypes.OCI_INDEX, manifests, Collections.emptySortedMap());
    }

    /** The same index with other manifests. */
    public Index withManifests(List<Descriptor> others) {
        return new Index(mediaType, others, annotations);
    }

    /**
     * Reads an index.
     *
     * @throws InvalidImageException if it is not one
     */
    public static Index parse(byte[] json) throws InvalidImageException {
        try {
            JsonObject object = Json.object(json);
            if (object.has("config") || object.has("layers")) {
                throw new InvalidImageException("the document is not an image index");
            }
            if (object.has("mediaType") && !MediaTypes.isIndex(object.string("mediaType"))) {
                throw new InvalidImageException(
                        "the document is not an image index, for it says that it is " + object.string("mediaType"));
            }
            return new Index(
                    object.has("mediaType") ? object.string("mediaType") : MediaTypes.OCI_INDEX,
                    DescriptorJson.readAll(object.objects("manifests")),
                    object.texts("annotations"));
        } catch (JsonException e) {
            throw new InvalidImageException("invalid image index: " + e.getMessage(), e);
        }
    }

    /** The document, byte for byte as BuildKit writes an index of platforms: indented. */
    public byte[] toJson() {
        return JsonWriter.goIndented().value(members()).toBytes();
    }

    /** The document without white space, byte for byte as {@code index.json} of a layout is written. */
    public byte[] toCompactJson() {
        return JsonWriter.go().value(members()).toBytes();
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("schemaVersion", 2);
        members.put("mediaType", mediaType);
        members.put("manifests", DescriptorJson.writeAll(manifests));
        if (!annotations.isEmpty()) {
            members.put("annotations", annotations);
        }
        return members;
    }
}
