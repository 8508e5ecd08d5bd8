package dev.slipway.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Large files: linear in their size, and no deeper on the stack than small ones. Limits are wide, for slow machines. */
class ScaleTest {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int STAGES = 2_000;
    private static final int INSTRUCTIONS = 100_000;

    private static Converted convert(String dockerfile) {
        return Assertions.assertTimeoutPreemptively(LIMIT, () -> Converted.of(dockerfile));
    }

    private static String repeat(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void manyInstructions() {
        Converted converted = convert("FROM alpine\n"
                + repeat(
                        INSTRUCTIONS / 4,
                        i -> "RUN echo " + i + "\nENV A=" + i + "\nCOPY f" + i + " /\nLABEL l" + i + "=" + i));
        assertThat(converted.conversion().definition().vertices()).hasSize(INSTRUCTIONS / 2 + 2);
        assertThat(converted.history()).hasSize(INSTRUCTIONS);
    }

    @Test
    void aLongChainOfStages() {
        Converted converted = convert("FROM alpine AS s0\n"
                + repeat(STAGES, i -> "FROM s%d AS s%d\nRUN echo %d".formatted(i, i + 1, i)));
        assertThat(converted.conversion().definition().vertices()).hasSize(STAGES + 1);
    }

    @Test
    void stagesThatCopyFromEachOther() {
        Converted converted = convert("FROM alpine AS s0\n"
                + repeat(STAGES, i -> "FROM alpine AS s%d\nCOPY --from=s%d / /x".formatted(i + 1, i)));
        assertThat(converted.conversion().definition().vertices()).hasSize(STAGES + 1);
    }

    @Test
    void foldersThatLieInEachOtherWithoutEnd() {
        String message = Assertions.assertTimeoutPreemptively(
                LIMIT, () -> Converted.failure("FROM scratch\n" + "WORKDIR deeper\n".repeat(20_000)));
        assertThat(message).contains("the Dockerfile grows by more than");
    }

    @Test
    void fewWordsThatNameVeryManyPorts() {
        String failure = Assertions.assertTimeoutPreemptively(
                LIMIT, () -> Converted.failure("FROM alpine\nEXPOSE" + " 1-65535".repeat(2_000) + "\n"));
        assertThat(failure).startsWith("the Dockerfile grows by more than");
    }

    @Test
    void manyStagesThatNobodyNeeds() {
        Converted converted = convert(repeat(STAGES, i -> "FROM missing AS s" + i) + "FROM scratch\n");
        assertThat(converted.conversion().definition().vertices()).isEmpty();
    }
}
