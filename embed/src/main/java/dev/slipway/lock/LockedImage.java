package dev.slipway.lock;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an image was when it was locked.
 *
 * @param digest of the manifest or index that its name stood for
 * @param platforms digests of the manifests that were used, by platform, such as {@code linux/arm64}
 */
public record LockedImage(Digest digest, SortedMap<String, Digest> platforms) {

    public LockedImage {
        requireNonNull(digest, "digest is null");
        platforms = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(platforms, "platforms is null")));
    }

    /** Both, where the same image was locked for several targets. */
    LockedImage merge(LockedImage other) {
        if (!digest.equals(other.digest)) {
            throw new IllegalArgumentException("an image moved while it was locked; lock again");
        }
        TreeMap<String, Digest> both = new TreeMap<>(platforms);
        both.putAll(other.platforms);
        return new LockedImage(digest, both);
    }
}
