package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.MediaTypes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A layer that a cache has as a blob.
 *
 * @param blob describes the blob, without annotations
 * @param diffId the digest of its tar stream before compression. What a cache says of it is to be checked before it is believed
 * @param created when it was made, if that is known
 */
public record CachedLayer(Descriptor blob, Digest diffId, Optional<Instant> created) {

    /** The annotation with the diff id, containerd's. */
    static final String DIFF_ID = "containerd.io/uncompressed";

    /** The annotation with the time at which a layer was made, BuildKit's. */
    static final String CREATED = "buildkit/createdat";

    public CachedLayer {
        blob = requireNonNull(blob, "blob is null").withAnnotations(Map.of());
        requireNonNull(diffId, "diffId is null");
        requireNonNull(created, "created is null");
    }

    /** The layer that a manifest of a cache describes; empty if it is none, or has no diff id. */
    static Optional<CachedLayer> of(Descriptor listed) throws InvalidCacheException {
        String diffId = listed.annotations().get(DIFF_ID);
        if (!MediaTypes.isLayer(listed.mediaType()) || diffId == null) {
            return Optional.empty();
        }
        String time = listed.annotations().get(CREATED);
        Optional<Instant> created = time == null ? Optional.empty() : Optional.of(DocumentValues.time(time));
        Descriptor blob = listed.withMediaType(MediaTypes.ociLayer(listed.mediaType()));
        return Optional.of(new CachedLayer(blob, DocumentValues.digest(diffId), created));
    }

    /** The entry of a manifest that describes it. */
    Descriptor listed() {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(DIFF_ID, diffId.toString());
        created.ifPresent(time -> annotations.put(CREATED, DocumentValues.text(time)));
        return blob.withAnnotations(annotations);
    }
}
