package dev.slipway.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.StepMonitor.Stream;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.progress.ProgressEvent.Finished;
import dev.slipway.progress.ProgressEvent.Log;
import dev.slipway.progress.ProgressEvent.Outcome;
import dev.slipway.progress.ProgressEvent.Placed;
import dev.slipway.progress.ProgressEvent.Started;
import dev.slipway.progress.ProgressEvent.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainProgressTest {

    private static final Step ONE = new Step(Digest.sha256("1"), "[1/2] RUN one");
    private static final Step TWO = new Step(Digest.sha256("2"), "[2/2] RUN two");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Progress progress = Progress.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void stepsAreNumberedAndAnnouncedAgainWhenTheyGoOn() {
        progress.accept(new Started(at(0), ONE));
        progress.accept(log(250, ONE, "hel"));
        progress.accept(log(500, ONE, "lo\nwor"));
        progress.accept(new Started(at(600), TWO));
        progress.accept(new Finished(at(700), TWO, Outcome.CACHED, Optional.empty()));
        progress.accept(new Finished(at(1500), ONE, Outcome.DONE, Optional.empty()));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        #1 [1/2] RUN one
                        #1 0.500 hello
                        #1 ...

                        #2 [2/2] RUN two
                        #2 CACHED

                        #1 [1/2] RUN one
                        #1 1.500 wor
                        #1 DONE 1.5s
                        """);
    }

    @Test
    void whatRunsAProcessIsNamed() {
        progress.accept(new Started(at(0), ONE));
        progress.accept(new Placed(at(1), ONE, "crun", Optional.of("qemu-aarch64")));
        progress.accept(new Started(at(2), TWO));
        progress.accept(new Placed(at(3), TWO, "built-in", Optional.empty()));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        #1 [1/2] RUN one
                        #1 (emulated by qemu-aarch64, sandbox crun)
                        #1 ...

                        #2 [2/2] RUN two
                        #2 (native, sandbox built-in)
                        """);
    }

    @Test
    void aFailedStepSaysWhy() {
        progress.accept(new Started(at(0), ONE));
        progress.accept(new Finished(at(10), ONE, Outcome.FAILED, Optional.of("exit code: 3")));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("#1 ERROR: exit code: 3\n");
    }

    private static Log log(long millis, Step step, String text) {
        return new Log(at(millis), step, Stream.OUTPUT, Bytes.utf8(text));
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
