package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Advanced;
import dev.slipway.executor.event.BuildEvent.Completed;
import dev.slipway.executor.event.BuildEvent.Finished;
import dev.slipway.executor.event.BuildEvent.OfStep;
import dev.slipway.executor.event.BuildEvent.Placed;
import dev.slipway.executor.event.BuildEvent.Started;
import dev.slipway.executor.event.Step;
import dev.slipway.llb.Platform;
import dev.slipway.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of events learns of a real build, and what of one that fails. */
@Tag("end-to-end")
class EventsTest {

    private static final Path ALPINE =
            Path.of(System.getProperty("slipway.root")).resolve("target/images/alpine");

    @TempDir
    private Path folder;

    private Slipway slipway;
    private final List<BuildEvent> events = new ArrayList<>();

    @BeforeEach
    void open() {
        assumeTrue(Files.isDirectory(ALPINE), "needs the alpine base image");
        slipway = Slipway.open(folder.resolve("home"));
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    private BuildRequest request(String dockerfile) throws Exception {
        Path context = Files.createTempDirectory(folder, "context");
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return BuildRequest.of(context).buildContext("alpine", ALPINE);
    }

    private static final String TWO_STAGES = """
            FROM alpine AS build
            RUN head -c 3000000 /dev/urandom > /made
            FROM alpine
            COPY --from=build /made /made
            """;

    @Test
    void aStepSaysWhereItBelongs() throws Exception {
        slipway.build(request(TWO_STAGES).platforms("linux/amd64", "linux/arm64"), events::add);

        // Either platform's step may begin first.
        Step run = step("[linux/amd64 build 1/2] RUN head");
        assertThat(run.stage()).hasValue("build");
        assertThat(run.number())
                .as("a named context is not a step, as in BuildKit")
                .isEqualTo(1);
        assertThat(run.total()).isEqualTo(2);
        assertThat(run.platforms()).containsExactly(Platform.parse("linux/amd64"));
        assertThat(run.executor()).isEqualTo("local");
        assertThat(run.locations().get(0).ranges().get(0).startLine()).isEqualTo(2);
        assertThat(of(Placed.class).filter(placed -> placed.step().equals(run)))
                .hasSize(1)
                .allMatch(placed -> placed.emulator().isEmpty()
                        == Platform.host().equals(run.platforms().get(0)));
    }

    @Test
    void everythingThatTakesItsTimeIsCountedAndEachStepBeginsBeforeIt() throws Exception {
        slipway.build(request(TWO_STAGES).output(Output.ociArchive(folder.resolve("out.tar"))), events::add);

        assertThat(of(Advanced.class).map(Advanced::activity))
                .contains(Activity.DOWNLOADING, Activity.UNPACKING, Activity.COMPRESSING, Activity.WRITING);
        assertThat(of(Advanced.class).filter(advanced -> advanced.activity() == Activity.WRITING))
                .last()
                .matches(advanced -> advanced.current() == advanced.total());
        List<Step> begun = new ArrayList<>();
        for (BuildEvent event : events) {
            if (event instanceof Started started) {
                assertThat(begun).doesNotContain(started.step());
                begun.add(started.step());
            } else if (event instanceof OfStep ofStep) {
                assertThat(begun).contains(ofStep.step());
            }
        }
        assertThat(of(Finished.class).map(Finished::step)).containsExactlyInAnyOrderElementsOf(begun);
    }

    @Test
    void theLastEventIsWhatCameOfIt() throws Exception {
        BuildRequest request = request(TWO_STAGES).output(Output.ociArchive(folder.resolve("out.tar")));
        String digest = slipway.build(request, events::add).digest().toString();

        Completed last = (Completed) events.get(events.size() - 1);
        assertThat(last.failure()).isEmpty();
        assertThat(last.digest()).hasValueSatisfying(found -> assertThat(found).hasToString(digest));
        assertThat(of(Completed.class)).hasSize(1);
    }

    @Test
    void aHitSaysWhy() throws Exception {
        BuildRequest request = request(TWO_STAGES);
        slipway.build(request, Progress.none());
        slipway.build(request, events::add);

        assertThat(of(Finished.class))
                .isNotEmpty()
                .allSatisfy(finished -> assertThat(finished.outcome()).isEqualTo(BuildEvent.Outcome.CACHED))
                .allSatisfy(finished -> assertThat(finished.reason()).isPresent());
    }

    @Test
    void aFailureSaysAllThatIsKnownOfItsStep() throws Exception {
        BuildRequest request = request("""
                FROM alpine AS tools
                RUN i=0; while [ $i -lt 30 ]; do echo line $i; i=$((i+1)); done; exit 7
                FROM tools
                RUN true
                """);
        BuildException failure = catchThrowableOfType(BuildException.class, () -> slipway.build(request, events::add));

        assertThat(failure.kind()).isEqualTo(BuildException.Kind.STEP);
        assertThat(failure.exitCode()).hasValue(7);
        assertThat(failure.stage()).hasValue("tools");
        assertThat(failure.platforms()).containsExactly(Platform.host());
        assertThat(failure.step().orElseThrow().name()).startsWith("[tools 1/2] RUN i=0");
        assertThat(failure.locations().get(0).ranges().get(0).startLine()).isEqualTo(2);
        assertThat(failure.logTail()).hasSize(20).last().isEqualTo("line 29");
        assertThat(Files.readAllLines(failure.log().orElseThrow())).hasSize(30).startsWith("line 0");
        assertThat(failure).hasCauseInstanceOf(StepFailedException.class);
        assertThat(((Completed) events.get(events.size() - 1)).failure()).hasValue(failure.getMessage());
    }

    @Test
    void everyRunIsRecordedWithItsEventsAndTheOldestAreLetGo() throws Exception {
        BuildRequest request = request("FROM alpine\nRUN echo said\n");
        slipway.build(request, Progress.none());

        Path runs = folder.resolve("home/v1/runs");
        Path run = list(runs).get(0);
        assertThat(Files.readString(run.resolve("events.jsonl")))
                .contains("\"event\":\"started\"", "RUN echo said", "\"outcome\":\"done\"", "\"event\":\"completed\"");
        assertThat(list(run))
                .anySatisfy(file -> assertThat(file).hasExtension("log").hasContent("said"));

        for (int i = 0; i < 110; i++) {
            Files.createDirectory(runs.resolve("20200101-000000-" + (100 + i)));
        }
        slipway.build(request, Progress.none());
        assertThat(list(runs)).hasSize(100).contains(run);
    }

    private static List<Path> list(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Step step(String text) {
        return of(Started.class)
                .map(Started::step)
                .filter(step -> step.name().contains(text))
                .findFirst()
                .orElseThrow();
    }

    private <T extends BuildEvent> Stream<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }
}
