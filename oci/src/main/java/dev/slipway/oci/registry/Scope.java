package dev.slipway.oci.registry;

import java.util.List;
import java.util.TreeSet;

/**
 * What a token is asked for.
 *
 * @param names such as {@code repository:library/alpine:pull}, sorted
 */
record Scope(List<String> names) {

    Scope {
        names = List.copyOf(new TreeSet<>(names));
    }

    static Scope pull(String repository) {
        return new Scope(List.of("repository:" + repository + ":pull"));
    }

    static Scope push(String repository) {
        return new Scope(List.of("repository:" + repository + ":pull,push"));
    }

    /** This scope, and reading another repository besides, to mount blobs from it. */
    Scope andPull(String repository) {
        return new Scope(List.of(names.get(0), "repository:" + repository + ":pull"));
    }
}
