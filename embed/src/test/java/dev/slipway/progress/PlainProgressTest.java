package dev.slipway.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.event.BuildEvent.Finished;
import dev.slipway.executor.event.BuildEvent.Log;
import dev.slipway.executor.event.BuildEvent.Outcome;
import dev.slipway.executor.event.BuildEvent.Placed;
import dev.slipway.executor.event.BuildEvent.Started;
import dev.slipway.executor.event.BuildEvent.Warned;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.Step;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainProgressTest {

    private static final Step ONE = Step.of(Digest.sha256("1"), "[1/2] RUN one", List.of(), List.of(), "local");
    private static final Step TWO = Step.of(Digest.sha256("2"), "[2/2] RUN two", List.of(), List.of(), "local");

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

    @Test
    void whatAStepSaysCannotBeTakenForALineOfOurs() {
        Step evil = Step.of(Digest.sha256("3"), "[1/1] RUN a\n#1 DONE 0.1s\r\u001b[2J", List.of(), List.of(), "local");
        progress.accept(new Started(at(0), evil));
        progress.accept(new Placed(at(0), evil, "x\nERROR: forged", Optional.empty()));
        progress.accept(
                log(250, evil, "one\r\ntwo\r#1 DONE 0.1s\u001b[1A\n\n\u001b[31mred\n\u001b]52;c;eA==\u0007end\r"));
        progress.accept(new Warned(at(300), evil, "a\nERROR: forged"));
        progress.accept(new Finished(at(500), evil, Outcome.FAILED, Optional.of("b\nERROR: forged\u202e")));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        #1 [1/1] RUN a␊#1 DONE 0.1s␍␛[2J
                        #1 (native, sandbox x␊ERROR: forged)
                        #1 0.250 one
                        #1 0.250 two
                        #1 0.250 #1 DONE 0.1s
                        #1 0.250\s
                        #1 0.250 \u001b[31mred\u001b[0m
                        #1 0.250 end
                        #1 WARN: a␊ERROR: forged
                        #1 ERROR: b␊ERROR: forged�
                        """);
    }

    @Test
    void aCharacterMayComeInPieces() {
        byte[] word = "süß\n".getBytes(StandardCharsets.UTF_8);
        progress.accept(new Started(at(0), ONE));
        for (byte b : word) {
            progress.accept(new Log(at(1), ONE, LogStream.OUTPUT, Bytes.of(new byte[] {b})));
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("#1 0.001 süß\n");
    }

    @Test
    void outputWithoutLinesIsPrintedInPieces() {
        progress.accept(new Started(at(0), ONE));
        progress.accept(log(1, ONE, "x".repeat(70_000)));
        assertThat(bytes.toString(StandardCharsets.UTF_8)).endsWith("#1 0.001 " + "x".repeat(64 << 10) + "\n");
    }

    private static Log log(long millis, Step step, String text) {
        return new Log(at(millis), step, LogStream.OUTPUT, Bytes.utf8(text));
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
