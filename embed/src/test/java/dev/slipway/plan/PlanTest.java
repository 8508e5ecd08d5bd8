package dev.slipway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.plan.PlanStep.Fate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final Digest DIGEST = Digest.sha256("x");

    private static final Plan PLAN = new Plan(
            List.of(AMD64, ARM64),
            List.of(
                    new PlanStep(
                            1,
                            DIGEST,
                            "[build 1/2] FROM alpine",
                            List.of(AMD64, ARM64),
                            "local",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(),
                            Fate.CACHED),
                    new PlanStep(
                            2,
                            DIGEST,
                            "[build 2/2] RUN make",
                            List.of(AMD64, ARM64),
                            "local",
                            Optional.of(AMD64),
                            Optional.empty(),
                            Optional.of("built-in"),
                            Optional.empty(),
                            List.of(1),
                            Fate.RUN),
                    new PlanStep(
                            3,
                            DIGEST,
                            "[linux/arm64 2/2] RUN uname",
                            List.of(ARM64),
                            "local",
                            Optional.of(ARM64),
                            Optional.of("qemu-aarch64"),
                            Optional.of("built-in"),
                            Optional.empty(),
                            List.of(1, 2),
                            Fate.RUN)));

    @Test
    void theTextSaysForWhomWhereAndWhatBecomesOfEachStep() {
        assertThat(PLAN.toText()).isEqualTo("""
                        #1 [build 1/2] FROM alpine
                           for linux/amd64, linux/arm64; local, no process; from cache
                        #2 [build 2/2] RUN make
                           for linux/amd64, linux/arm64; local, native, sandbox built-in; runs; after #1
                        #3 [linux/arm64 2/2] RUN uname
                           for linux/arm64; local, emulated by qemu-aarch64, sandbox built-in; runs; after #1, #2
                        3 steps for linux/amd64, linux/arm64: 2 to run (1 emulated), 1 from cache, 0 not needed
                        """);
    }

    @Test
    void theJsonSaysTheSame() {
        assertThat(PLAN.toJson().replaceAll("\\s+", " ").replaceAll("(?<=[\\[{]) | (?=[\\]}])", ""))
                .contains("\"platforms\": [\"linux/amd64\", \"linux/arm64\"]")
                .contains(
                        "{\"number\": 3, \"digest\": \"" + DIGEST + "\","
                                + " \"name\": \"[linux/arm64 2/2] RUN uname\", \"platforms\": [\"linux/arm64\"],"
                                + " \"executor\": \"local\", \"process\": \"linux/arm64\", \"native\": false,"
                                + " \"emulator\": \"qemu-aarch64\", \"sandbox\": \"built-in\", \"inputs\": [1, 2], \"fate\": \"run\"}");
    }
}
