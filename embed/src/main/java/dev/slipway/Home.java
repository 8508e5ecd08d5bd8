package dev.slipway;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The folder for everything that outlives a build. */
public final class Home {

    private Home() {}

    /**
     * The user's own folder: the environment variable {@code SLIPWAY_HOME}, else {@code slipway} in the user's cache folder. It
     * need not exist.
     *
     * @throws BuildException if the user has no home folder either
     */
    public static Path ofUser() {
        return of(System.getenv(), System.getProperty("user.home"));
    }

    /**
     * The options of the local executor that are set in the environment: {@code store.trusted-owners}, from the variable
     * {@code SLIPWAY_STORE_TRUSTED_OWNERS}.
     */
    public static Map<String, String> optionsOfUser() {
        return options(System.getenv());
    }

    static Map<String, String> options(Map<String, String> environment) {
        String owners = environment.getOrDefault("SLIPWAY_STORE_TRUSTED_OWNERS", "");
        return owners.isEmpty() ? Map.of() : Map.of("store.trusted-owners", owners);
    }

    static Path of(Map<String, String> environment, String userHome) {
        String own = environment.getOrDefault("SLIPWAY_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        return cache.isEmpty() ? home(environment, userHome).resolve(".cache/slipway") : Path.of(cache, "slipway");
    }

    /** Java looks up the user's entry, not the environment; in a container there often is no such entry. */
    private static Path home(Map<String, String> environment, String userHome) {
        for (String home : List.of(environment.getOrDefault("HOME", ""), userHome)) {
            if (Path.of(home).isAbsolute()) {
                return Path.of(home);
            }
        }
        throw new BuildException(
                "this user has no home folder; name a folder for what outlives a build in SLIPWAY_HOME");
    }
}
