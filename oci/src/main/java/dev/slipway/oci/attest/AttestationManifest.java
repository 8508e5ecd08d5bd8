package dev.slipway.oci.attest;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The statements about one image as an index lists them, laid out as BuildKit does: a manifest for no platform, which names the
 * image's in its annotations, with a blob for each statement.
 *
 * @param descriptor of the manifest
 * @param documents its blobs: statements, config and the manifest itself
 */
public record AttestationManifest(Descriptor descriptor, List<Bytes> documents) {

    private static final String ARTIFACT_TYPE = "application/vnd.docker.attestation.manifest.v1+json";
    private static final String REFERENCE_TYPE = "vnd.docker.reference.type";
    private static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";
    private static final String MANIFEST = "attestation-manifest";
    private static final String PREDICATE_TYPE = "in-toto.io/predicate-type";
    private static final Platform NONE = Platform.of("unknown", "unknown", "");
    private static final byte[] EMPTY = {'{', '}'};

    public AttestationManifest {
        requireNonNull(descriptor, "descriptor is null");
        documents = List.copyOf(requireNonNull(documents, "documents is null"));
    }

    /**
     * Whether a manifest listed by an index contains statements about another one.
     *
     * @param listed its entry in the index
     */
    public static boolean is(Descriptor listed) {
        return MANIFEST.equals(listed.annotations().get(REFERENCE_TYPE));
    }

    /**
     * Makes a manifest of statements.
     *
     * @param image the manifest of the image that the statements are about
     * @param artifact whether it is an OCI artifact that refers to the image, or looks like an image, as older tools expect it
     */
    public static AttestationManifest of(Descriptor image, List<Statement> statements, boolean artifact) {
        List<Bytes> documents = new ArrayList<>();
        List<Descriptor> layers = new ArrayList<>();
        for (Statement statement : statements) {
            byte[] json = statement.toJson();
            documents.add(Bytes.of(json));
            layers.add(Descriptor.of(MediaTypes.IN_TOTO, json)
                    .withAnnotations(Map.of(PREDICATE_TYPE, statement.predicateType())));
        }
        byte[] config = artifact ? EMPTY : imageConfig(layers);
        documents.add(Bytes.of(config));
        Manifest manifest = new Manifest(
                MediaTypes.OCI_MANIFEST,
                artifact ? ARTIFACT_TYPE : "",
                Descriptor.of(artifact ? MediaTypes.OCI_EMPTY : MediaTypes.OCI_CONFIG, config),
                layers,
                artifact
                        ? Optional.of(Descriptor.of(image.mediaType(), image.digest(), image.size()))
                        : Optional.empty(),
                new TreeMap<>());
        byte[] json = manifest.toJson();
        documents.add(Bytes.of(json));
        Descriptor descriptor = Descriptor.of(MediaTypes.OCI_MANIFEST, json)
                .withPlatform(NONE)
                .withAnnotations(Map.of(
                        REFERENCE_TYPE,
                        MANIFEST,
                        REFERENCE_DIGEST,
                        image.digest().toString()));
        return new AttestationManifest(descriptor, documents);
    }

    /** The members in the order of the Go struct. */
    private static byte[] imageConfig(List<Descriptor> layers) {
        Map<String, Object> files = new LinkedHashMap<>();
        files.put("type", "layers");
        files.put(
                "diff_ids",
                layers.stream().map(layer -> layer.digest().toString()).toList());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("architecture", NONE.architecture());
        members.put("os", NONE.os());
        members.put("config", Map.of());
        members.put("rootfs", files);
        return JsonWriter.go().value(members).toBytes();
    }
}
