package dev.slipway.benchmark;

import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.Platform;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Large Dockerfiles, from bytes to the definition's own bytes: time must grow with the size and no faster. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class ScalingBenchmark {

    private static final List<Platform> PLATFORMS = Stream.of("amd64", "arm64", "386", "riscv64", "ppc64le", "s390x", "mips64le", "loong64")
            .map(architecture -> Platform.of("linux", architecture, ""))
            .toList();

    /** A chain of stages, each copying from the one before. */
    @State(Scope.Benchmark)
    public static class Stages {

        @Param({"250", "500", "1000", "2000"})
        public int stages;

        private byte[] source;

        /** Writes the Dockerfile. */
        @Setup
        public void write() {
            StringBuilder text = new StringBuilder("FROM alpine AS s0\nRUN make 0\n");
            for (int i = 1; i < stages; i++) {
                text.append("FROM alpine AS s").append(i);
                text.append("\nCOPY --from=s").append(i - 1).append(" /f /f\nRUN make ").append(i).append('\n');
            }
            source = text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** One stage with many instructions of every kind. */
    @State(Scope.Benchmark)
    public static class Instructions {

        @Param({"12500", "25000", "50000", "100000"})
        public int instructions;

        private byte[] source;

        /** Writes the Dockerfile. */
        @Setup
        public void write() {
            StringBuilder text = new StringBuilder("FROM alpine\n");
            for (int i = 0; i < instructions; i++) {
                String line =
                        switch (i % 5) {
                            case 0 -> "RUN make " + i;
                            case 1 -> "COPY f" + i + " /f";
                            case 2 -> "LABEL l" + i + "=1";
                            case 3 -> "WORKDIR /w" + i;
                            default -> "USER u" + i;
                        };
                text.append(line).append('\n');
            }
            source = text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A middling Dockerfile for many platforms. */
    @State(Scope.Benchmark)
    public static class Platforms {

        @Param({"1", "2", "4", "8"})
        public int platforms;

        private byte[] source;

        /** Writes the Dockerfile. */
        @Setup
        public void write() {
            StringBuilder text = new StringBuilder("FROM alpine\n");
            for (int i = 0; i < 200; i++) {
                text.append("RUN make step ").append(i).append(" && make install\n");
            }
            source = text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A Dockerfile of many stages. */
    @Benchmark
    public Object stages(Stages state, ProcessorTime time) {
        time.ran();
        return everything(state.source);
    }

    /** A Dockerfile of many instructions. */
    @Benchmark
    public Object instructions(Instructions state, ProcessorTime time) {
        time.ran();
        return everything(state.source);
    }

    /** One Dockerfile for several platforms: parsed once, so that each further platform costs only its conversion. */
    @Benchmark
    public void platforms(Platforms state, ProcessorTime time, Blackhole hole) {
        time.ran();
        Dockerfile dockerfile = DockerfileParser.parse(state.source);
        for (Platform platform : PLATFORMS.subList(0, state.platforms)) {
            FrontendRequest request = FrontendRequest.builder()
                    .platform(platform)
                    .multiPlatform(state.platforms > 1)
                    .build();
            hole.consume(Frontend.convert(dockerfile, request, new InventedImages(), Checks.none())
                    .definition()
                    .encodedOps());
        }
    }

    private static Object everything(byte[] source) {
        Conversion conversion = Frontend.convert(
                DockerfileParser.parse(source),
                FrontendRequest.builder().build(),
                new InventedImages(),
                Checks.none());
        return conversion.definition().encodedOps();
    }
}
