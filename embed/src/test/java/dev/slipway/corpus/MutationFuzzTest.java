package dev.slipway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.check.CheckedBuild;
import dev.slipway.check.PlatformChecks;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.Platform;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Feeds damaged Dockerfiles to the whole frontend: parser, checks, conversion for a native and for a foreign platform, and
 * encoding. Nothing but its own exceptions may come out, and no input may keep the processor busy for seconds.
 *
 * <p>Runs short, or as long as asked for. Properties: {@code slipway.fuzz.inputs} is the number of inputs, {@code
 * slipway.fuzz.seed} the seed, {@code slipway.fuzz.first} the number of the first one. What goes wrong is written to {@code
 * target/fuzz}.
 */
class MutationFuzzTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final int INPUTS = Integer.getInteger("slipway.fuzz.inputs", 2_000);
    private static final long SEED = Long.getLong("slipway.fuzz.seed", 1);
    private static final int FIRST = Integer.getInteger("slipway.fuzz.first", 0);

    /** Many times what the slowest takes, of processor time, which other work on the machine does not make more. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** In which a conversion ends even on a machine that does other things as well; what does not, hangs. */
    private static final int HANG_SECONDS = 300;

    private static final Platform NATIVE = Platform.of("linux", "amd64", "");
    private static final List<Platform> FOREIGN = List.of(
            Platform.of("linux", "arm64", ""),
            Platform.of("linux", "arm", "v7"),
            new Platform("windows", "amd64", "", "10.0.17763", List.of()));

    private static final int MOST_FAILURES = 10;

    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private volatile Input current;
    private volatile long slowest;

    @Test
    void nothingButOurOwnExceptionsComesOutOfDamagedFiles() throws Exception {
        List<byte[]> sources = sources();
        System.out.println("fuzz: " + INPUTS + " inputs from number " + FIRST + ", seed " + SEED + ", " + sources.size()
                + " sources");
        Thread worker = new Thread(() -> feed(sources), "fuzz");
        worker.setDaemon(true);
        worker.start();
        Input watched = null;
        for (int seconds = 0; worker.isAlive(); worker.join(1_000)) {
            seconds = watched == current ? seconds + 1 : 0;
            watched = current;
            if (seconds > HANG_SECONDS) {
                fail(watched, "hangs");
                break;
            }
        }
        System.out.println("fuzz: the slowest took " + slowest / 1_000_000 + " ms");
        assertThat(failures).as("seed " + SEED).isEmpty();
        assertThat(worker.isAlive()).isFalse();
    }

    /** An input that is being converted. */
    private record Input(int number, byte[] content) {}

    private void feed(List<byte[]> sources) {
        for (int number = FIRST; number < FIRST + INPUTS && failures.size() < MOST_FAILURES; number++) {
            Random random = new Random(SEED * 1_000_003 + number);
            Input input = new Input(number, new Mutator(random, sources).next());
            current = input;
            try {
                long nanos = convert(input.content(), random);
                slowest = Math.max(slowest, nanos);
                if (nanos > LIMIT_NANOS) {
                    fail(input, "took " + nanos / 1_000_000 + " ms of processor time");
                }
            } catch (RuntimeException | Error e) {
                fail(input, e + " at " + e.getStackTrace()[0]);
            }
        }
    }

    /** Does all that a build does before its first step, and says how much processor time that took. */
    private static long convert(byte[] input, Random random) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        FrontendRequestBuilder request =
                FrontendRequest.builder().multiPlatform(random.nextBoolean()).allStages(random.nextBoolean());
        if (random.nextInt(4) == 0) {
            request.buildArg("SOURCE_DATE_EPOCH", "1");
        }
        Platform foreign = FOREIGN.get(random.nextInt(FOREIGN.size()));
        try {
            Checks checks = Checks.of(options(input), warning -> {});
            Dockerfile dockerfile = DockerfileParser.parse(input, checks);
            PlatformChecks.run(
                    new CheckedBuild(dockerfile, List.of(NATIVE, foreign), NATIVE, Optional.empty()),
                    CheckOptions.DEFAULT,
                    warning -> {});
            convert(dockerfile, request.platform(NATIVE).build(), checks);
            convert(dockerfile, request.platform(foreign).build(), Checks.none());
        } catch (DockerfileParseException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    private static void convert(Dockerfile dockerfile, FrontendRequest request, Checks checks) {
        try {
            Conversion conversion = Frontend.convert(dockerfile, request, new ReferenceImages(), checks);
            conversion.definition().encoded();
            conversion.image().toJson();
        } catch (FrontendException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static CheckOptions options(byte[] input) {
        try {
            return CheckOptions.of(input);
        } catch (IllegalArgumentException e) {
            return CheckOptions.DEFAULT;
        }
    }

    private void fail(Input input, String problem) {
        try {
            Path folder = Files.createDirectories(ROOT.resolve("solver/target/fuzz"));
            Path file = Files.write(folder.resolve(SEED + "-" + input.number() + ".dockerfile"), input.content());
            failures.add("input " + input.number() + " (" + file + "): " + problem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> sources() {
        List<byte[]> sources = new ArrayList<>();
        for (String folder : List.of("testdata/corpus", "../shared/reference/llb")) {
            if (Files.isDirectory(ROOT.resolve(folder))) {
                CorpusCase.all(ROOT.resolve(folder)).forEach(item -> sources.add(item.dockerfile()));
            }
        }
        return sources;
    }
}
