package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cache as registries and layouts keep it.
 *
 * @param root the manifest or index of all that belongs to it
 * @param documents the root, and the document of records; everything else are layers
 */
public record CacheArtifact(Descriptor root, List<Bytes> documents) {

    /** The media type of BuildKit's document of records. */
    public static final String RECORDS = "application/vnd.buildkit.cacheconfig.v0";

    public CacheArtifact {
        requireNonNull(root, "root is null");
        documents = List.copyOf(requireNonNull(documents, "documents is null"));
    }

    /** The form of a cache. It is the same for the same records and layers. */
    public static CacheArtifact of(CacheGraph<List<CachedLayer>> graph, CacheFormat format)
            throws InvalidCacheException {
        return of(EntryOrder.sorted(graph), format, Collections.emptySortedMap());
    }

    /** The form of a cache with notes of whose its results are. */
    static CacheArtifact ofShared(CacheGraph<Scoped> graph, CacheFormat format) throws InvalidCacheException {
        CacheGraph<Scoped> sorted = EntryOrder.sorted(graph);
        return of(sorted.map(Scoped::layers), format, ScopeNotes.write(sorted.entries()));
    }

    private static CacheArtifact of(
            CacheGraph<List<CachedLayer>> sorted, CacheFormat format, SortedMap<String, String> notes)
            throws InvalidCacheException {
        byte[] records = CacheDocumentWriter.write(sorted);
        Descriptor config = Descriptor.of(RECORDS, records);
        SortedMap<Digest, Descriptor> layers = new TreeMap<>();
        sorted.entries().stream()
                .flatMap(entry -> entry.result().stream())
                .flatMap(result -> result.value().stream())
                .map(CachedLayer::listed)
                .forEach(layer -> layers.put(layer.digest(), layer.withMediaType(format.layer(layer.mediaType()))));
        byte[] root = root(config, List.copyOf(layers.values()), format, notes);
        return new CacheArtifact(Descriptor.of(mediaType(format), root), List.of(Bytes.of(root), Bytes.of(records)));
    }

    private static byte[] root(
            Descriptor config, List<Descriptor> layers, CacheFormat format, SortedMap<String, String> notes) {
        if (format == CacheFormat.IMAGE_MANIFEST) {
            return new Manifest(mediaType(format), "", config, layers, Optional.empty(), notes).toJson();
        }
        List<Descriptor> listed = new ArrayList<>(layers);
        listed.add(config);
        return new Index(mediaType(format), listed, notes).toJson();
    }

    /** The size of the largest document in bytes. */
    int size() {
        return documents.stream().mapToInt(Bytes::length).max().orElse(0);
    }

    private static String mediaType(CacheFormat format) {
        return switch (format) {
            case IMAGE_MANIFEST -> MediaTypes.OCI_MANIFEST;
            case OCI_INDEX -> MediaTypes.OCI_INDEX;
            case DOCKER_INDEX -> MediaTypes.DOCKER_INDEX;
        };
    }
}
