package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootPathTest {

    /** A path ends in a slash if it is a folder; a link has a target. */
    private static final Map<String, String> ENTRIES = Map.ofEntries(
            Map.entry("/d", "folder"),
            Map.entry("/d/e", "folder"),
            Map.entry("/d/e/f", "file"),
            Map.entry("/relative", "d/e"),
            Map.entry("/absolute", "/d/e"),
            Map.entry("/d/up", "../d/e"),
            Map.entry("/d/out", "../../../../d"),
            Map.entry("/chain", "relative/../up"),
            Map.entry("/dangling", "/not/there"),
            Map.entry("/loop", "loop2"),
            Map.entry("/loop2", "/loop"));

    private static final RootFiles FILES =
            path -> Optional.ofNullable(ENTRIES.get(path)).map(text -> switch (text) {
                case "folder" -> new RootFiles.Entry(RootFiles.Kind.FOLDER, 0, "");
                case "file" -> new RootFiles.Entry(RootFiles.Kind.FILE, 1, "");
                default -> new RootFiles.Entry(RootFiles.Kind.LINK, 0, text);
            });

    @ParameterizedTest
    @CsvSource({
        "/, /, 0",
        "/d/e/f, /d/e/f, 3",
        "d//./e/, /d/e, 2",
        "/relative/f, /d/e/f, 3",
        "/absolute/f, /d/e/f, 3",
        "/d/up/f, /d/e/f, 3",
        "/d/out/e, /d/e, 2",
        "/chain, /d/e, 2",
        "/../../d, /d, 1",
        "/dangling, /not/there, 0",
        "/dangling/x, /not/there/x, 0",
        "/d/new/folder, /d/new/folder, 1",
        "/d/new/../e, /d/e, 2",
        "/d/e/f/g, /d/e/f/g, 3",
    })
    void linksAreFollowedInsideTheRoot(String path, String leadsTo, int existing) {
        RootPath resolved = RootPath.resolve(FILES, path);

        assertThat(resolved.path()).isEqualTo(leadsTo);
        assertThat(resolved.existing()).isEqualTo(existing);
    }

    @Test
    void aLoopIsRefused() {
        assertThatThrownBy(() -> RootPath.resolve(FILES, "/loop"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("/loop: too many levels of symbolic links");
    }
}
