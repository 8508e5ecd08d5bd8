package dev.slipway.executor.image;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Describes a blob by type, digest and size, without its content.
 *
 * @param mediaType its type, such as {@code application/vnd.oci.image.layer.v1.tar+gzip}
 * @param digest the digest of the blob as stored
 * @param size the size of the blob as stored, in bytes
 * @param urls other places to fetch a foreign layer from; usually empty
 * @param annotations free-form notes
 * @param platform in an index, the platform of the image that a manifest describes
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        List<String> urls,
        SortedMap<String, String> annotations,
        Optional<Platform> platform) {

    public Descriptor {
        requireNonNull(mediaType, "mediaType is null");
        requireNonNull(digest, "digest is null");
        if (size < 0) {
            throw new IllegalArgumentException("negative size: " + size);
        }
        urls = List.copyOf(requireNonNull(urls, "urls is null"));
        annotations =
                Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(annotations, "annotations is null")));
        requireNonNull(platform, "platform is null");
    }

    /** A descriptor without annotations and platform. */
    public static Descriptor of(String mediaType, Digest digest, long size) {
        return new Descriptor(mediaType, digest, size, List.of(), Collections.emptySortedMap(), Optional.empty());
    }

    /** The descriptor of these bytes. */
    public static Descriptor of(String mediaType, byte[] content) {
        return of(mediaType, Digest.sha256(content), content.length);
    }

    /** The same blob under another media type. */
    public Descriptor withMediaType(String other) {
        return new Descriptor(other, digest, size, urls, annotations, platform);
    }

    /** The same blob for a platform. */
    public Descriptor withPlatform(Platform other) {
        return new Descriptor(mediaType, digest, size, urls, annotations, Optional.of(other));
    }

    /** The same blob with these annotations instead of its own. */
    public Descriptor withAnnotations(Map<String, String> others) {
        return new Descriptor(mediaType, digest, size, urls, new TreeMap<>(others), platform);
    }
}
