package dev.slipway.oci.attest;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a statement is about.
 *
 * @param name such as a package URL or a path
 * @param digests of it, in hexadecimal digits, by algorithm
 */
public record Subject(String name, SortedMap<String, String> digests) {

    public Subject {
        requireNonNull(name, "name is null");
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(digests, "digests is null")));
    }

    /** Something with one digest. */
    public static Subject of(String name, Digest digest) {
        return new Subject(name, new TreeMap<>(Map.of(digest.algorithm(), digest.hex())));
    }
}
