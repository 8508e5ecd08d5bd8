package dev.slipway;

import java.nio.file.Path;
import java.util.Map;

/** The folder that keeps what outlives a build. */
public final class Home {

    private Home() {}

    /**
     * The user's own: what the environment variable {@code SLIPWAY_HOME} names, else {@code slipway} in the user's cache folder.
     * It need not exist.
     */
    public static Path ofUser() {
        return of(System.getenv(), System.getProperty("user.home"));
    }

    static Path of(Map<String, String> environment, String userHome) {
        String own = environment.getOrDefault("SLIPWAY_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        return cache.isEmpty() ? Path.of(userHome, ".cache", "slipway") : Path.of(cache, "slipway");
    }
}
