package dev.slipway.frontend.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.frontend.Converted;
import dev.slipway.frontend.FrontendException;
import dev.slipway.parser.text.SourceRange;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ONBUILD triggers of images and of stages (frontend notes 6.11). */
class OnBuildTest {

    private static String image(String... triggers) {
        return """
                {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]},
                 "config":{"Env":["%s"],"OnBuild":["%s"]}}
                """.formatted(Converted.digestOf("x"), Converted.DEFAULT_PATH, String.join("\",\"", triggers));
    }

    private static Converted on(String dockerfile, String... triggers) {
        return Converted.of(dockerfile, Map.of("docker.io/library/img:latest", image(triggers)), request -> {});
    }

    @Test
    void triggersOfAnImageComeFirstAndAreUsedUp() {
        Converted converted = on("FROM img\nRUN own\n", "ENV A=1", "RUN trigger");
        assertThat(converted.names())
                .containsExactly(
                        "[1/2] FROM docker.io/library/img:latest", "[2/4] ONBUILD RUN trigger", "[3/4] RUN own");
        assertThat(converted.environment()).contains("A=1");
        assertThat(converted.config().onBuild()).isEmpty();
    }

    @Test
    void triggersOfAStageRunInItsChildrenOnly() {
        Converted converted = Converted.of("""
                FROM alpine AS a
                ONBUILD RUN trigger
                FROM a AS b
                FROM b
                RUN own
                """);
        assertThat(converted.names())
                .filteredOn(name -> name.contains("ONBUILD"))
                .hasSize(1);
        assertThat(converted.config().onBuild()).isEmpty();
    }

    @Test
    void triggersOfTheTargetAreForOthers() {
        Converted converted = Converted.of("FROM alpine\nONBUILD RUN x\nONBUILD COPY <<E /y\nhi\nE\n");
        assertThat(converted.config().onBuild()).containsExactly("RUN x", "COPY <<E /y\nhi\nE");
        assertThat(converted.history()).isEmpty();
    }

    @Test
    void aTriggerCanNeedAStageThatNobodyElseNeeds() {
        Converted converted = on("FROM busybox AS src\nFROM img\n", "COPY --from=src /x /x");
        assertThat(converted.names()).anyMatch(name -> name.contains("busybox"));
        assertThat(converted.names()).last().isEqualTo("[stage-1 2/2] ONBUILD COPY --from=src /x /x");
    }

    @Test
    void aHeredocSurvivesBeingATrigger() {
        Converted converted = Converted.of("FROM alpine AS a\nONBUILD RUN <<E\necho 1\nE\nFROM a\n");
        assertThat(converted.arguments()).containsExactly("/bin/sh", "-c", "echo 1\n");
    }

    @Test
    void aTriggerStandsWhereItsFromStands() {
        assertThatThrownBy(() -> on("FROM alpine\n\nFROM img\n", "COPY --chmod=9 a /"))
                .isInstanceOfSatisfying(
                        FrontendException.class,
                        failure -> assertThat(failure.ranges()).containsExactly(SourceRange.line(3)));
    }

    @Test
    void aTriggerThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> on("FROM img\n", "BAD x")).hasMessage("unknown instruction: BAD (did you mean ADD?)");
        assertThatThrownBy(() -> on("FROM img\n", "ENV A=1\\nENV B=1"))
                .hasMessage("onbuild trigger should be a single expression");
    }

    @Test
    void imagesWhoseTriggersNameEachOtherEndSomewhere() {
        assertThatThrownBy(() -> on("FROM img\n", "COPY --from=img /x /x"))
                .isInstanceOf(FrontendException.class)
                .hasMessageContaining("without end");
        assertThatThrownBy(() -> on("FROM img\n", "COPY --from=img /x /x", "COPY --from=img /x /y"))
                .isInstanceOf(FrontendException.class)
                .hasMessageContaining("without end");
    }
}
