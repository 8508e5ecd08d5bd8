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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One image: its config and its layers.
 *
 * @param mediaType {@link MediaTypes#OCI_MANIFEST} or {@link MediaTypes#DOCKER_MANIFEST}
 * @param artifactType its type if it is not an image, or empty
 * @param config the config
 * @param layers lowest first
 * @param subject the manifest that this one is about
 * @param annotations annotations
 */
public record Manifest(
        String mediaType,
        String artifactType,
        Descriptor config,
        List<Descriptor> layers,
        Optional<Descriptor> subject,
        SortedMap<String, String> annotations) {

    public Manifest {
        requireNonNull(mediaType, "mediaType is null");
        requireNonNull(artifactType, "artifactType is null");
        requireNonNull(config, "config is null");
        layers = List.copyOf(layers);
        requireNonNull(subject, "subject is null");
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** The manifest of an image without annotations. */
    public static Manifest of(String mediaType, Descriptor config, List<Descriptor> layers) {
        return new Manifest(mediaType, "", config, layers, Optional.empty(), Collections.emptySortedMap());
    }

    /**
     * Reads a manifest.
     *
     * @throws InvalidImageException if it is not one, or has Docker's obsolete schema 1
     */
    public static Manifest parse(byte[] json) throws InvalidImageException {
        try {
            JsonObject object = Json.object(json);
            if (object.number("schemaVersion") == 1) {
                throw new InvalidImageException("the image manifest is of Docker's schema 1, which is not supported;"
                        + " push the image again with a newer tool");
            }
            if (object.number("schemaVersion") != 2) {
                throw new InvalidImageException("image manifest of schema version " + object.number("schemaVersion")
                        + "; only version 2 is supported, push the image again with a newer tool");
            }
            if (!object.has("config") || object.has("manifests")) {
                throw new InvalidImageException("the document is not an image manifest");
            }
            if (object.has("mediaType") && !MediaTypes.isManifest(object.string("mediaType"))) {
                throw new InvalidImageException(
                        "the document is not an image manifest, for it says that it is " + object.string("mediaType"));
            }
            Optional<JsonObject> subject = object.object("subject");
            return new Manifest(
                    object.has("mediaType") ? object.string("mediaType") : MediaTypes.OCI_MANIFEST,
                    object.string("artifactType"),
                    DescriptorJson.read(object.object("config").orElseThrow()),
                    DescriptorJson.readAll(object.objects("layers")),
                    subject.isPresent() ? Optional.of(DescriptorJson.read(subject.get())) : Optional.empty(),
                    object.texts("annotations"));
        } catch (JsonException e) {
            throw new InvalidImageException("invalid image manifest: " + e.getMessage(), e);
        }
    }

    /** The document, byte for byte as BuildKit writes it: indented, members in the order of the Go struct. */
    public byte[] toJson() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("schemaVersion", 2);
        members.put("mediaType", mediaType);
        if (!artifactType.isEmpty()) {
            members.put("artifactType", artifactType);
        }
        members.put("config", DescriptorJson.write(config));
        members.put("layers", DescriptorJson.writeAll(layers));
        subject.ifPresent(descriptor -> members.put("subject", DescriptorJson.write(descriptor)));
        if (!annotations.isEmpty()) {
            members.put("annotations", annotations);
        }
        return JsonWriter.goIndented().value(members).toBytes();
    }
}
