package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of an executor.
 *
 * @param home the folder for everything that outlives a build
 * @param options further settings by name; a provider refuses names that it does not know
 */
public record ExecutorSettings(Path home, SortedMap<String, String> options) {

    public ExecutorSettings {
        requireNonNull(home, "home is null");
        options = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(options, "options is null")));
    }

    /** Settings with only a folder. */
    public static ExecutorSettings of(Path home) {
        return new ExecutorSettings(home, new TreeMap<>(Map.of()));
    }
}
