package dev.slipway.sources;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.BuildWork;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.lock.Lock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Makes the bundle of a build: fetches all that its lock names. */
public final class BundleMaker {

    private final Sources sources;
    private final Lock lock;

    /** @param sources of a build that has been converted for all platforms of the lock */
    public BundleMaker(Sources sources, Lock lock) {
        this.sources = sources;
        this.lock = lock;
    }

    /** Fetches a source, and gives its files as an image. */
    public interface Fetch {
        BuiltImage fetch(Definition definition) throws InterruptedException;
    }

    /**
     * Writes the bundle.
     *
     * @param target an archive if it ends in {@code .tar}, else a folder
     * @throws ExecutorException if something cannot be had, or the bundle not written
     */
    public void write(Path target, BuildWork work, Fetch fetch) throws InterruptedException {
        try (BundleFolder folder = BundleFolder.create(target)) {
            BundleWriter writer = new BundleWriter(folder, lock);
            for (String reference : lock.images().keySet()) {
                writer.image(reference, work.imageContent(request(reference)));
            }
            Set<Digest> done = new HashSet<>();
            for (Vertex source : sources.remote()) {
                if (done.add(source.digest())) {
                    writer.files(source, fetch.fetch(Definition.of(new Edge(source, 0))));
                }
            }
            writer.finish();
        } catch (IOException e) {
            throw new ExecutorException("cannot write the bundle " + target + ": " + e.getMessage(), e);
        }
    }

    /** By digest: a tag may have moved. */
    private ImageRequest request(String reference) {
        Digest digest = requireNonNull(lock.images().get(reference)).digest();
        String pinned = ImageReference.parse(reference).withDigest(digest).toString();
        return new ImageRequest(pinned, Platform.host(), Optional.empty(), ResolveMode.DEFAULT);
    }
}
