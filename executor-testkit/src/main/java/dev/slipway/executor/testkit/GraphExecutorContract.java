package dev.slipway.executor.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.GraphExecutor;
import dev.slipway.executor.GraphWork;
import dev.slipway.executor.GraphWork.Target;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A test for each promise of a {@link GraphExecutor}. Say how yours is opened. */
public abstract class GraphExecutorContract extends BuildExecutorContract {

    private static final Consumer<BuildEvent> NOBODY = event -> {};

    /** For subclasses. */
    protected GraphExecutorContract() {}

    @Override
    protected abstract GraphExecutor open(Path home) throws Exception;

    /** There is an image for each target, in their order, and it is what its target says. */
    @Test
    protected void thereIsAnImageForEachTarget() throws Exception {
        List<Target> targets = List.of(target("linux/amd64", "first"), target("linux/arm64", "second"));
        List<BuiltImage> images = begin().build(targets, NOBODY);
        assertEquals(
                targets.stream().map(Target::spec).toList(),
                images.stream().map(BuiltImage::spec).toList());
        assertEquals(Optional.of("first"), read(images.get(0), "/made"));
        assertEquals(Optional.of("second"), read(images.get(1), "/made"));
        assertEquals(Optional.of("1"), read(images.get(1), "/a"));
    }

    /** A graph without steps is an image without files. */
    @Test
    protected void anEmptyGraphIsAnEmptyImage() throws Exception {
        BuiltImage image = begin().build(List.of(new Target(Definition.empty(), spec("linux/amd64"))), NOBODY)
                .get(0);
        try (ImageFiles files = image.files()) {
            assertFalse(files.walk().hasNext(), "there is a file");
        }
    }

    /** Who listens hears how each step begins and ends: once, and for nothing that is not in the graph. */
    @Test
    protected void eachStepBeginsAndEndsOnce() throws Exception {
        Target target = target("linux/amd64", "1");
        List<BuildEvent> events = new ArrayList<>();
        begin().build(List.of(target), events::add);
        Set<Digest> graph = new HashSet<>(
                target.definition().vertices().stream().map(Vertex::digest).toList());
        Set<Digest> running = new HashSet<>();
        Set<Digest> ended = new HashSet<>();
        for (BuildEvent event : events) {
            Digest step = ((BuildEvent.OfStep) event).step().digest();
            if (event instanceof BuildEvent.Started) {
                assertTrue(running.add(step), () -> "started twice: " + event);
                assertTrue(graph.contains(step), () -> "not in the graph: " + event);
            } else if (event instanceof BuildEvent.Finished) {
                assertTrue(running.contains(step), () -> "ended, but never started: " + event);
                assertTrue(ended.add(step), () -> "ended twice: " + event);
            }
        }
        assertEquals(running, ended);
        assertTrue(
                ended.contains(
                        target.definition().result().orElseThrow().vertex().digest()),
                "the last step");
    }

    /** Who listens need not mind threads: events come one at a time. */
    @Test
    protected void eventsComeOneAtATime() throws Exception {
        AtomicInteger hearing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        begin().build(List.of(target("linux/amd64", "1"), target("linux/arm64", "2")), event -> {
            most.accumulateAndGet(hearing.incrementAndGet(), Math::max);
            Thread.yield();
            hearing.decrementAndGet();
        });
        assertEquals(1, most.get());
    }

    /** A step that cannot be done fails the build with a message that says what is wrong, and its end says so too. */
    @Test
    protected void aStepThatCannotBeDoneFailsTheBuild() throws Exception {
        GraphWork work = begin();
        Edge copied = Llb.file(Optional.empty(), Optional.of(Llb.context()), Llb.copy("/absent", "/"));
        List<BuildEvent> events = new ArrayList<>();
        ExecutorException failure = assertThrows(
                ExecutorException.class,
                () -> work.build(List.of(new Target(Definition.of(copied), spec("linux/amd64"))), events::add));
        assertTrue(String.valueOf(failure.getMessage()).contains("absent"), failure.getMessage());
        assertEquals(
                List.of(copied.vertex().digest()),
                events.stream()
                        .filter(event ->
                                event instanceof BuildEvent.Finished end && end.outcome() == BuildEvent.Outcome.FAILED)
                        .map(event -> ((BuildEvent.OfStep) event).step().digest())
                        .toList());
    }

    private GraphWork begin() throws Exception {
        Path context = newFolder();
        write(context, "a", "1");
        return closing(closing(open(home())).begin(offering(context)));
    }

    private static Target target(String platform, String content) {
        Edge made = Llb.changed(Llb.copied(Llb.context()), Llb.makeFile("/made", content));
        return new Target(Definition.of(made), spec(platform));
    }

    private static ImageSpec spec(String platform) {
        Platform parsed = Platform.parse(platform);
        String config = "{\"architecture\":\"" + parsed.architecture() + "\",\"os\":\"" + parsed.os()
                + "\",\"config\":{},\"rootfs\":{\"type\":\"layers\"}}";
        return new ImageSpec(parsed, Bytes.utf8(config), Optional.empty(), Optional.empty());
    }

    private static Optional<String> read(BuiltImage image, String path) throws Exception {
        try (ImageFiles files = image.files()) {
            Optional<FileEntry> file = files.find(path);
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new String(files.open(file.get()).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Nested
    class Images extends BuiltImageContract {
        @Override
        protected GraphExecutor open(Path home) throws Exception {
            return GraphExecutorContract.this.open(home);
        }
    }
}
