package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds that are killed at random moments, beside others that are not, all on one store. The property {@code slipway.kills}
 * says how many, {@code slipway.seed} which moments.
 */
@Tag("end-to-end")
class KilledBuildsTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");
    private static final int KILLS = Integer.getInteger("slipway.kills", 6);
    private static final int LONGEST_MILLIS = 4000;

    private static final String DOCKERFILE = """
            FROM alpine AS made
            COPY data /data
            ARG TURN
            RUN mkdir /made && cp -r /data /made/ && echo $TURN > /made/turn
            RUN --mount=type=cache,target=/cache echo x > /cache/f && sleep 0.2
            FROM alpine
            COPY --from=made /made /made
            RUN touch /end
            """;

    @TempDir
    private Path folder;

    private final List<Background> all = new ArrayList<>();
    private final Map<String, Digest> digests = new HashMap<>();

    private Background build(Path home, Path out, String turn) throws IOException {
        Background build = Background.start(
                home,
                "build",
                "--build-context",
                "alpine=oci-layout://" + ALPINE,
                "--build-arg",
                "TURN=" + turn,
                "--output",
                "type=oci,dest=" + out,
                folder.resolve("context").toString());
        all.add(build);
        return build;
    }

    @Test
    void theStoreOutlivesAnyOfItsUsers() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        long seed = Long.getLong("slipway.seed", System.nanoTime());
        System.out.println("killed builds: seed " + seed);
        Random random = new Random(seed);
        Path data = Files.createDirectories(folder.resolve("context/data"));
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[2000];
            random.nextBytes(bytes);
            Files.write(data.resolve("f" + i), bytes);
        }
        Files.writeString(folder.resolve("context/Dockerfile"), DOCKERFILE);
        Path home = folder.resolve("home");
        int built = 0;
        for (int killed = 0; killed < KILLS; ) {
            String turn = Integer.toString(random.nextInt(4));
            Background victim = build(home, folder.resolve("killed.tar"), turn);
            Background other = killed % 3 == 0 ? build(home, folder.resolve("other.tar"), turn) : null;
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            if (victim.isAlive()) {
                victim.kill();
                killed++;
            }
            if (other != null) {
                assertThat(other.await()).as(other.output()).isZero();
                check(folder.resolve("other.tar"), turn);
                built++;
            }
        }
        System.out.println("killed builds: " + KILLS + " killed, " + built + " built beside them");
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(home.toString());
        awaitNoProcessesOf(home);
        Background last = build(home, folder.resolve("last.tar"), "0");
        assertThat(last.await()).as(last.output()).isZero();
        check(folder.resolve("last.tar"), "0");

        Background prune = Background.start(home, "cache", "prune", "--all");
        all.add(prune);
        assertThat(prune.await()).as(prune.output()).isZero();
        for (String part :
                List.of("layers", "contents", "trees", "blobs", "layer-blobs", "snapshots", "records", "temp")) {
            try (Stream<Path> left = Files.list(home.resolve("v1").resolve(part))) {
                assertThat(left).as("left in " + part).isEmpty();
            }
        }
    }

    /** Steps of a build that was killed are killed by the kernel, which takes its time. */
    private static void awaitNoProcessesOf(Path home) throws Exception {
        for (int i = 0; i < 6000 && !processesOf(home).isEmpty(); i++) {
            Thread.sleep(20);
        }
        assertThat(processesOf(home)).isEmpty();
    }

    /** Processes that have something of the store in use, as their folder, root or an open file. */
    private static List<String> processesOf(Path home) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                try {
                    if (Files.readString(process.resolve("mountinfo")).contains(home.toString())) {
                        found.add(process + ": "
                                + Files.readString(process.resolve("cmdline")).replace('\0', ' '));
                    }
                } catch (IOException e) {
                    // It is gone already.
                }
            }
        }
        return found;
    }

    private void check(Path archive, String turn) throws IOException {
        try (OciLayout layout = OciLayout.open(archive)) {
            assertThat(ImageValidator.problems(layout.index().manifests().get(0), layout))
                    .isEmpty();
            var image =
                    new ImageSelector(layout).select(layout.index().manifests().get(0), Platform.host());
            Digest digest = layout.index().manifests().get(0).digest();
            assertThat(digests.computeIfAbsent(turn, first -> digest))
                    .as("the image of turn " + turn + ", which was built before")
                    .isEqualTo(digest);
            FinalFiles files = FinalFiles.of(image);
            assertThat(files.text("made/turn")).isEqualTo(turn + "\n");
            for (int i = 0; i < 200; i++) {
                byte[] expected = Files.readAllBytes(folder.resolve("context/data/f" + i));
                assertThat(files.files().get("made/data/f" + i).head()).isEqualTo(expected);
            }
            assertThat(files.files()).containsKey("end");
        }
    }
}
