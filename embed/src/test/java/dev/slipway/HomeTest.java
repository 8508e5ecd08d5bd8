package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void theEnvironmentSaysWhereTheUsersHomeIs() {
        assertThat(Home.of(Map.of("HOME", "/home/other"), "/home/me")).isEqualTo(Path.of("/home/other/.cache/slipway"));
        assertThat(Home.of(Map.of("HOME", "here"), "/home/me")).isEqualTo(Path.of("/home/me/.cache/slipway"));
    }

    @Test
    void aUserWithoutAHomeIsToldToNameAFolder() {
        assertThatThrownBy(() -> Home.of(Map.of(), "?"))
                .isInstanceOf(BuildException.class)
                .hasMessage("this user has no home folder; name a folder for what outlives a build in SLIPWAY_HOME");
    }
}
