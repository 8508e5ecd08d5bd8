package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Run;
import dev.slipway.parser.tree.Stage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerfileParserTest {

    private final Dockerfile dockerfile = Parsing.parse("""
            # syntax=docker/dockerfile:1
            # ARG is the first word of this comment
            ARG VERSION=3.20
            FROM --platform=$BUILDPLATFORM alpine:$VERSION AS Build
            WORKDIR /src
            RUN --mount=type=cache,target=/root/.cache \\
                make all

            # final is what we ship
            FROM scratch AS final
            COPY --from=build --chown=1:2 /src/out /out
            """);

    @Test
    void argumentsBeforeTheFirstStageAreGlobal() {
        assertThat(dockerfile.globalArgs())
                .singleElement()
                .extracting(Arg::variables)
                .isEqualTo(List.of(new Arg.Variable("VERSION", Optional.of("3.20"))));
    }

    @Test
    void aStageKeepsWhatIsWrittenAndLowersItsName() {
        Stage build = dockerfile.stages().get(0);
        assertThat(build.from().base()).isEqualTo("alpine:$VERSION");
        assertThat(build.from().platform()).isEqualTo("$BUILDPLATFORM");
        assertThat(build.name()).isEqualTo("build");
        assertThat(build.from().writtenName()).isEqualTo("Build");
    }

    @Test
    void aCommentThatStartsWithTheNameDescribesTheStage() {
        assertThat(dockerfile.stages()).extracting(Stage::description).containsExactly("", "is what we ship");
    }

    @Test
    void continuedLinesAreOneText() {
        Run run = (Run) dockerfile.stages().get(0).instructions().get(1);
        assertThat(run.statement().text()).isEqualTo("RUN --mount=type=cache,target=/root/.cache     make all");
        assertThat(run.command().arguments()).containsExactly("make all");
        assertThat(run.statement().flags()).containsExactly("--mount=type=cache,target=/root/.cache");
        assertThat(run.mounts().get(0).fields()).extracting(Run.Field::key).containsExactly("type", "target");
    }

    @Test
    void flagsOfCopyAreTyped() {
        Copy copy = (Copy) dockerfile.stages().get(1).instructions().get(0);
        assertThat(copy.from()).isEqualTo("build");
        assertThat(copy.chown()).isEqualTo("1:2");
        assertThat(copy.link()).isFalse();
        assertThat(copy.files().sources()).containsExactly("/src/out");
        assertThat(copy.files().destination()).isEqualTo("/out");
    }

    @Test
    void theSourceGivesItsLines() {
        assertThat(dockerfile.source().line(1)).isEqualTo("# syntax=docker/dockerfile:1");
        assertThat(dockerfile.source().lineCount()).isEqualTo(11);
    }

    @Test
    void aFileWithoutStagesIsRefused() {
        assertThat(Parsing.failure("")).hasMessage("the Dockerfile cannot be empty");
        assertThat(Parsing.failure("\n# nothing\n")).hasMessage("file with no instructions");
        assertThat(Parsing.failure("ARG A\n")).hasMessage("dockerfile contains no stages to build");
        assertThat(Parsing.failure("ARG A\nRUN x\n")).hasMessage("no build stage in current context");
    }

    @Test
    void failuresOfLinesComeBeforeFailuresOfInstructions() {
        assertThat(Parsing.failure("FROM a\nFOO\nENV x\n")).hasMessage("ENV must have two arguments");
    }
}
