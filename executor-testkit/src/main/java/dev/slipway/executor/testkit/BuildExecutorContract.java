package dev.slipway.executor.testkit;

import static java.util.Objects.requireNonNullElse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.BuildWork;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.LogStream;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.executor.event.Step;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The promises of every executor: its name and platforms, how it begins and ends. */
public abstract class BuildExecutorContract extends ContractFixture {

    /** For subclasses. */
    protected BuildExecutorContract() {}

    @Override
    protected abstract BuildExecutor open(Path home) throws Exception;

    /** The name is for messages: it has no blanks and is the same each time. */
    @Test
    protected void itHasAName() throws Exception {
        BuildExecutor executor = closing(open(home()));
        assertFalse(executor.name().isEmpty(), "the name is empty");
        assertTrue(executor.name().chars().noneMatch(Character::isWhitespace), "there is a blank in the name");
        assertEquals(executor.name(), executor.name());
    }

    /** Each platform is there once and in its normal form; those that need no emulator come first. */
    @Test
    protected void itsPlatformsAreNormalAndTheNativeOnesComeFirst() throws Exception {
        List<PlatformSupport> platforms = closing(open(home())).platforms();
        for (PlatformSupport support : platforms) {
            assertEquals(support.platform().normalized(), support.platform());
        }
        List<Platform> names = platforms.stream().map(PlatformSupport::platform).toList();
        assertEquals(new HashSet<>(names).size(), names.size(), () -> "a platform is there twice: " + names);
        List<Boolean> emulated =
                platforms.stream().map(support -> !support.isNative()).toList();
        assertEquals(emulated.stream().sorted().toList(), emulated, "an emulated platform comes before a native one");
    }

    /** A record takes all that a build can report, and what it keeps of a step is what the step said, byte for byte. */
    @Test
    protected void aRecordKeepsWhatAStepSaid() throws Exception {
        BuildExecutor executor = closing(open(home()));
        Step said = Step.internal("a step that says something", executor.name());
        Step silent = Step.internal("a step that says nothing", executor.name());
        Instant time = Instant.parse("2001-02-03T04:05:06Z");
        Optional<Path> log;
        try (RunRecorder recorder = executor.record()) {
            recorder.accept(new BuildEvent.Started(time, silent));
            recorder.accept(new BuildEvent.Started(time, said));
            recorder.accept(new BuildEvent.Placed(time, said, "a sandbox", Optional.of("an emulator")));
            recorder.accept(new BuildEvent.Advanced(time, said, Activity.DOWNLOADING, "a file", 1, 2));
            recorder.accept(new BuildEvent.Log(time, said, LogStream.OUTPUT, Bytes.utf8("half a line, ")));
            recorder.accept(new BuildEvent.Log(time, said, LogStream.ERROR, Bytes.utf8("and the rest\n")));
            recorder.accept(new BuildEvent.Warned(time, said, "a warning"));
            recorder.accept(new BuildEvent.Finished(time, silent, BuildEvent.Outcome.CACHED, Optional.empty()));
            recorder.accept(new BuildEvent.Finished(time, said, BuildEvent.Outcome.FAILED, Optional.of("a reason")));
            recorder.accept(new BuildEvent.Completed(time, Optional.of("a reason"), Optional.empty()));
            log = recorder.log(said.digest());
            assertEquals(Optional.empty(), recorder.log(silent.digest()));
        }
        if (log.isPresent()) {
            assertEquals("half a line, and the rest\n", Files.readString(log.get()));
        }
    }

    /** An image in a layout that the session does not offer is refused, with a message. */
    @Test
    protected void aLayoutThatTheSessionDoesNotOfferIsRefused() throws Exception {
        BuildWork work = begin(closing(open(home())));
        ImageRequest request = new ImageRequest(
                "docker.io/library/app:latest",
                Platform.host(),
                Optional.of("absent"),
                ImageRequest.ResolveMode.DEFAULT);
        ExecutorException refusal = assertThrows(ExecutorException.class, () -> work.resolveImage(request));
        assertFalse(requireNonNullElse(refusal.getMessage(), "").isBlank());
    }

    /** Work and executor may be closed as often as somebody likes. */
    @Test
    protected void closingTwiceIsClosingOnce() throws Exception {
        BuildExecutor executor = open(home());
        BuildWork work = begin(executor);
        work.close();
        work.close();
        executor.close();
        executor.close();
    }

    /** No work begins on an executor that is closed. */
    @Test
    protected void aClosedExecutorBeginsNothing() throws Exception {
        BuildExecutor executor = open(home());
        executor.close();
        assertThrows(IllegalStateException.class, () -> begin(executor));
    }

    /** The end of one build is not the end of another. */
    @Test
    protected void buildsBeginAndEndIndependently() throws Exception {
        BuildExecutor executor = closing(open(home()));
        BuildWork first = begin(executor);
        first.close();
        closing(begin(executor));
    }

    private static BuildWork begin(BuildExecutor executor) {
        if (executor instanceof VertexExecutor steps) {
            return steps.begin(BuildSession.EMPTY);
        }
        return ((GraphExecutor) executor).begin(BuildSession.EMPTY);
    }
}
