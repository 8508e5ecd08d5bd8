package dev.slipway.sources;

import dev.slipway.executor.BuildWork;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.lock.Lock;
import dev.slipway.lock.LockedImage;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes down what the sources of a build are. */
public final class LockMaker {

    private final Sources sources;

    /** @param sources of a build that has been converted, for all of its platforms */
    public LockMaker(Sources sources) {
        this.sources = sources;
    }

    /**
     * The lock.
     *
     * @param work asks what repositories and URLs stand for
     * @throws ExecutorException if one cannot be had
     */
    public Lock make(
            String dockerfile,
            String target,
            SortedSet<String> platforms,
            Map<String, Digest> frontends,
            BuildWork work)
            throws InterruptedException {
        SortedMap<String, String> repositories = new TreeMap<>();
        SortedMap<String, Digest> urls = new TreeMap<>();
        for (Vertex vertex : sources.remote()) {
            String name = Sources.name(vertex);
            String pin = work.sourcePin(vertex)
                    .orElseThrow(() -> new ExecutorException("this executor cannot tell what " + name + " is"));
            if (((SourceOp) vertex.op()).scheme().equals("git")) {
                repositories.put(name, pin);
            } else {
                urls.put(name, Digest.parse(pin));
            }
        }
        return new Lock(
                dockerfile,
                new TreeSet<>(java.util.Set.of(target)),
                platforms,
                new TreeMap<>(frontends),
                images(),
                repositories,
                urls);
    }

    private SortedMap<String, LockedImage> images() {
        SortedMap<String, LockedImage> images = new TreeMap<>();
        for (UsedImage image : sources.usedImages()) {
            ResolvedImage found = image.resolved()
                    .orElseThrow(() -> new ExecutorException(image.reference() + " is missing; lock with a network"));
            Digest manifest = found.manifest().orElse(found.digest());
            LockedImage locked = new LockedImage(found.digest(), new TreeMap<>(Map.of(image.platformName(), manifest)));
            images.merge(image.reference(), locked, (one, other) -> {
                SortedMap<String, Digest> platforms = new TreeMap<>(one.platforms());
                platforms.putAll(other.platforms());
                return new LockedImage(one.digest(), platforms);
            });
        }
        return images;
    }
}
