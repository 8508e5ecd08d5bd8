package dev.slipway;

import java.nio.file.Path;
import java.util.Map;

/** The folder that keeps what outlives a build. */
final class Home {

    private Home() {}

    static Path ofUser() {
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
