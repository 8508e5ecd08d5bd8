package dev.slipway.oci.merge;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.DescriptorJson;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A descriptor in JSON that changes how a source is listed. Members that it does not have stay as they are.
 *
 * @param digest the digest of the manifest
 * @param mediaType its media type, or empty
 * @param size its size in bytes
 * @param annotations for the index, or none
 * @param platform for the index
 */
public record ListedAs(
        Digest digest,
        String mediaType,
        Optional<Long> size,
        SortedMap<String, String> annotations,
        Optional<Platform> platform) {

    public ListedAs {
        requireNonNull(digest, "digest is null");
        requireNonNull(mediaType, "mediaType is null");
        requireNonNull(size, "size is null");
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        requireNonNull(platform, "platform is null");
    }

    /**
     * Reads a descriptor.
     *
     * @throws InvalidImageException if it is not one
     */
    public static ListedAs parse(byte[] json) throws InvalidImageException {
        try {
            JsonObject object = Json.object(json);
            if (object.has("schemaVersion")) {
                throw new InvalidImageException("this is a manifest or an index; a descriptor is wanted");
            }
            Descriptor descriptor = DescriptorJson.read(object);
            return new ListedAs(
                    descriptor.digest(),
                    descriptor.mediaType(),
                    object.has("size") ? Optional.of(descriptor.size()) : Optional.empty(),
                    descriptor.annotations(),
                    descriptor.platform());
        } catch (JsonException e) {
            throw new InvalidImageException(Reason.of(e), e);
        }
    }
}
