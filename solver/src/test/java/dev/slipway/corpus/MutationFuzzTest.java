package dev.slipway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.check.CheckedBuild;
import dev.slipway.check.PlatformChecks;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.Frontend;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.llb.Platform;
import dev.slipway.parser.DockerfileParseException;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Feeds damaged Dockerfiles to parser and converter. Nothing but their own exceptions may come out, and nothing may take
 * longer than a second.
 *
 * <p>Properties: {@code slipway.fuzz.inputs} is their number, {@code slipway.fuzz.seed} the seed, {@code slipway.fuzz.first}
 * the number of the first one. What goes wrong is written to {@code target/fuzz}.
 */
class MutationFuzzTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final int INPUTS = Integer.getInteger("slipway.fuzz.inputs", 2_000);
    private static final long SEED = Long.getLong("slipway.fuzz.seed", 1);
    private static final int FIRST = Integer.getInteger("slipway.fuzz.first", 0);
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** In which a conversion ends even on a machine that does other things as well; what does not, hangs. */
    private static final int HANG_SECONDS = 60;

    private static final List<Platform> PLATFORMS = List.of(
            Platform.of("linux", "amd64", ""),
            Platform.of("linux", "arm", "v7"),
            new Platform("windows", "amd64", "", "10.0.17763", List.of()));

    private final List<String> failures = new ArrayList<>();

    @Test
    void nothingButOurOwnExceptionsComesOutOfDamagedFiles() throws Exception {
        List<byte[]> sources = sources();
        System.out.println("fuzz: " + INPUTS + " inputs from number " + FIRST + ", seed " + SEED + ", " + sources.size()
                + " sources");
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "fuzz");
            thread.setDaemon(true);
            return thread;
        });
        for (int number = FIRST; number < FIRST + INPUTS && failures.size() < 10; number++) {
            Random random = new Random(SEED * 1_000_003 + number);
            byte[] input = new Mutator(random, sources).next();
            Future<Long> nanos = worker.submit(() -> convert(input, random));
            try {
                if (nanos.get(HANG_SECONDS, TimeUnit.SECONDS) > LIMIT_NANOS) {
                    fail(number, input, "took " + nanos.get() / 1_000_000 + " ms");
                }
            } catch (ExecutionException e) {
                fail(number, input, e.getCause() + " at " + e.getCause().getStackTrace()[0]);
            } catch (TimeoutException e) {
                fail(number, input, "hangs");
                break;
            }
        }
        worker.shutdown();
        assertThat(failures).as("seed " + SEED).isEmpty();
    }

    /** Converts and says how much processor time that took. */
    private static long convert(byte[] input, Random random) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        FrontendRequestBuilder request = FrontendRequest.builder()
                .platform(PLATFORMS.get(random.nextInt(PLATFORMS.size())))
                .multiPlatform(random.nextBoolean())
                .allStages(random.nextBoolean());
        if (random.nextInt(4) == 0) {
            request.buildArg("SOURCE_DATE_EPOCH", "1");
        }
        try {
            Checks checks = Checks.of(options(input), warning -> {});
            Dockerfile dockerfile = DockerfileParser.parse(input, checks);
            PlatformChecks.run(
                    new CheckedBuild(dockerfile, PLATFORMS, PLATFORMS.get(0), Optional.empty()),
                    CheckOptions.DEFAULT,
                    warning -> {});
            Conversion conversion = Frontend.convert(dockerfile, request.build(), new ReferenceImages(), checks);
            conversion.definition().encoded();
            conversion.image().toJson();
        } catch (DockerfileParseException | FrontendException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    private static CheckOptions options(byte[] input) {
        try {
            return CheckOptions.of(input);
        } catch (IllegalArgumentException e) {
            return CheckOptions.DEFAULT;
        }
    }

    private void fail(int number, byte[] input, String problem) throws IOException {
        Path folder = Files.createDirectories(ROOT.resolve("solver/target/fuzz"));
        Path file = folder.resolve(SEED + "-" + number + ".dockerfile");
        Files.write(file, input);
        failures.add("input " + number + " (" + file + "): " + problem);
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
