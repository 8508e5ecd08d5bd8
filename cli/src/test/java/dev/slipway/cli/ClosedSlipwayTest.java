package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The library at the ends of its life. */
@Tag("end-to-end")
@Timeout(60)
class ClosedSlipwayTest {

    @TempDir
    private Path folder;

    private BuildRequest request;
    private Slipway slipway;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        request = BuildRequest.of(folder);
        slipway = Slipway.open(folder.resolve("home"));
    }

    @Test
    void aClosedOneBuildsNothing() throws Exception {
        slipway.build(request, Progress.none());
        slipway.close();
        assertThatCode(slipway::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> slipway.build(request, Progress.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("this Slipway is closed; open another one");
        assertThatThrownBy(() -> slipway.plan(request)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slipway.check(request)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBuildWhoseSlipwayIsClosedFails() {
        Progress closing = event -> slipway.close();
        assertThatThrownBy(() -> slipway.build(request, closing))
                .isInstanceOf(BuildException.class)
                .hasMessage("Slipway was closed while it was at work");
    }

    @Test
    void anInterruptedThreadBuildsNothing() {
        try (Slipway open = slipway) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> open.build(request, Progress.none())).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
