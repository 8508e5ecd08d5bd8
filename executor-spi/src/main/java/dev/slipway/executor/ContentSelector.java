package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A part of a result.
 *
 * @param path an absolute path
 * @param wildcard whether {@code * ? [} in the path are wildcards
 * @param followLinks whether a link at the end of the path is followed
 * @param includePatterns which files of a folder to include, or empty for all of them
 * @param excludePatterns which files to leave out
 * @param required whether a missing path is an error; a wildcard may match nothing
 * @param requiredPaths absolute paths; for each of them, at least one selected path must start with it
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

    /** A path without wildcards or patterns, with links followed. It may be missing. */
    public static ContentSelector of(String path) {
        return new ContentSelector(path, false, true, List.of(), List.of(), false, List.of());
    }

    /** A path without wildcards or patterns, with links followed. It must exist. */
    public static ContentSelector required(String path) {
        return new ContentSelector(path, false, true, List.of(), List.of(), true, List.of());
    }
}
