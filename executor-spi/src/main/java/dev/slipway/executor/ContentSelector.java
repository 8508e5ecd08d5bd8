package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A part of a result.
 *
 * @param path absolute path
 * @param wildcard whether {@code * ? [} in the path are wildcards
 * @param followLinks whether a link at the end of the path is followed
 * @param includePatterns what counts of a folder, or empty for everything
 * @param excludePatterns what does not
 * @param required whether it is an error if the path is not there; a wildcard may match nothing
 * @param requiredPaths absolute paths, each of which something that is chosen must begin with
 */
public record ContentSelector(
        String path,
        boolean wildcard,
        boolean followLinks,
        List<String> includePatterns,
        List<String> excludePatterns,
        boolean required,
        List<String> requiredPaths) {

    public ContentSelector {
        requireNonNull(path, "path is null");
        includePatterns = List.copyOf(requireNonNull(includePatterns, "includePatterns is null"));
        excludePatterns = List.copyOf(requireNonNull(excludePatterns, "excludePatterns is null"));
        requiredPaths = List.copyOf(requireNonNull(requiredPaths, "requiredPaths is null"));
    }

    /** A path without wildcards and patterns, links followed, that may be missing. */
    public static ContentSelector of(String path) {
        return new ContentSelector(path, false, true, List.of(), List.of(), false, List.of());
    }

    /** A path without wildcards and patterns, links followed, that has to be there. */
    public static ContentSelector required(String path) {
        return new ContentSelector(path, false, true, List.of(), List.of(), true, List.of());
    }
}
