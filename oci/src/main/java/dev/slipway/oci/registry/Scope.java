package dev.slipway.oci.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The access that a token is requested for.
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

    /**
     * This scope, and what a registry asks for in addition, but no more rights than this one has, so that a compromised
     * registry cannot gain them.
     *
     * @param asked scopes with spaces between them
     */
    Scope and(String asked) {
        List<String> all = new ArrayList<>(names);
        for (String name : asked.split(" ")) {
            int colon = name.lastIndexOf(':');
            String wanted = Stream.of(name.substring(colon + 1).split(","))
                    .filter(this::grants)
                    .collect(Collectors.joining(","));
            boolean known = colon > 0 && names.stream().anyMatch(own -> own.startsWith(name.substring(0, colon + 1)));
            if (colon > 0 && !known && !wanted.isEmpty()) {
                all.add(name.substring(0, colon + 1) + wanted);
            }
        }
        return new Scope(all);
    }

    private boolean grants(String action) {
        return names.stream()
                .anyMatch(name -> name.endsWith(":" + action)
                        || name.endsWith("," + action)
                        || name.contains(":" + action + ","));
    }
}
