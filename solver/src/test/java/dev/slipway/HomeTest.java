package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void theStoreIsWhereTheEnvironmentSaysElseInTheUsersCacheFolder() {
        assertThat(Home.of(Map.of("SLIPWAY_HOME", "/a", "XDG_CACHE_HOME", "/b"), "/home/me"))
                .isEqualTo(Path.of("/a"));
        assertThat(Home.of(Map.of("XDG_CACHE_HOME", "/b"), "/home/me")).isEqualTo(Path.of("/b/slipway"));
        assertThat(Home.of(Map.of("SLIPWAY_HOME", ""), "/home/me")).isEqualTo(Path.of("/home/me/.cache/slipway"));
    }
}
