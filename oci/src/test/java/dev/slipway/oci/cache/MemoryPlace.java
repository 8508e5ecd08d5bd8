package dev.slipway.oci.cache;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A place in memory. Of layers it has the digests alone. */
final class MemoryPlace implements CachePlace {

    final Set<Digest> layers = new HashSet<>();
    final Map<Digest, Bytes> documents = new HashMap<>();

    /** What others do between the moment at which everything is stored and that at which it gets its name. */
    final Deque<Runnable> meanwhile = new ArrayDeque<>();

    Optional<Descriptor> kept = Optional.empty();
    int writes;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Optional<Descriptor> find() {
        return kept;
    }

    @Override
    public BlobSource blobs() {
        return blob -> {
            Bytes document = documents.get(blob.digest());
            if (document == null) {
                throw new BlobNotFoundException("no blob " + blob.digest());
            }
            return new ByteArrayInputStream(document.toArray());
        };
    }

    @Override
    public boolean write(Optional<Descriptor> before, Descriptor root, BlobSource content, StepMonitor monitor)
            throws IOException {
        for (Descriptor blob : ImageTree.of(root, content)) {
            if (MediaTypes.isLayer(blob.mediaType())) {
                if (!layers.contains(blob.digest())) {
                    content.open(blob).close();
                    layers.add(blob.digest());
                }
            } else {
                documents.put(blob.digest(), content.read(blob));
            }
        }
        if (!meanwhile.isEmpty()) {
            meanwhile.poll().run();
        }
        if (!CachePlace.isSame(before, kept)) {
            return false;
        }
        kept = Optional.of(root);
        writes++;
        return true;
    }

    /** All layers of all results. */
    List<CachedLayer> results() throws IOException {
        return CacheReader.read(kept.orElseThrow(), blobs()).entries().stream()
                .flatMap(entry -> entry.result().stream())
                .flatMap(result -> result.value().stream())
                .toList();
    }
}
