package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.util.List;

/**
 * What became of a vertex, under a key that stands for everything that decided it.
 *
 * @param key the key
 * @param step the name of the vertex, for people
 * @param parts what the key was made of, readable, so that a miss can be explained by the part that differs
 * @param results the vertex's outputs
 */
public record CacheRecord(Digest key, String step, List<Part> parts, List<Result> results) {

    public CacheRecord {
        requireNonNull(key, "key is null");
        requireNonNull(step, "step is null");
        parts = List.copyOf(parts);
        results = List.copyOf(results);
    }

    /**
     * One part of a key.
     *
     * @param name such as {@code op}, {@code platform}, {@code input 0} or {@code input 1: /src}
     * @param value its value, a digest or a readable text; never a secret
     */
    public record Part(String name, String value) {}
}
