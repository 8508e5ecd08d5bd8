package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.layout.OciLayout;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the store: damage, a full disk, a disk that cannot be written to, a clock that was set back. */
@Tag("end-to-end")
class StoreFaultsTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root", ".."));
    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images", ROOT.resolve("target/images").toString()))
            .resolve("alpine");
    private static final int DAMAGES = Integer.getInteger("slipway.damages", 16);

    @TempDir
    private Path folder;

    private BuildRequest request() throws IOException {
        Path context = Files.createDirectories(folder.resolve("context/data"));
        for (int i = 0; i < 5; i++) {
            Files.writeString(context.resolve("f" + i), ("content " + i + "\n").repeat(300));
        }
        Files.writeString(folder.resolve("context/Dockerfile"), """
                FROM alpine AS one
                COPY data /data
                RUN cp -r /data /made
                FROM alpine
                COPY --from=one /made /data/f1 /copied/
                RUN cat /copied/* > /all
                """);
        return BuildRequest.of(folder.resolve("context"))
                .buildContext("alpine", "oci-layout://" + ALPINE)
                .output(Output.ociArchive(folder.resolve("out.tar")));
    }

    /** The files of the image that came out, each with what decides about it but its time. */
    private Map<String, String> image() throws IOException {
        try (OciLayout layout = OciLayout.open(folder.resolve("out.tar"))) {
            assertThat(ImageValidator.problems(layout.index().manifests().get(0), layout))
                    .isEmpty();
            Image image =
                    new ImageSelector(layout).select(layout.index().manifests().get(0), Platform.host());
            Map<String, String> files = new TreeMap<>();
            FinalFiles.of(image)
                    .files()
                    .forEach((path, file) -> files.put(
                            path,
                            file.entry().type() + " " + file.entry().mode() + " "
                                    + file.entry().linkTarget() + file.sha256()));
            return files;
        }
    }

    private void build() throws IOException, InterruptedException {
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.build(request(), Progress.none());
        }
    }

    /** Regular files of the store that hold something, but not those that a running process would notice. */
    private List<Path> storedFiles(String part) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("home/v1").resolve(part))) {
            return files.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whateverByteOfTheStoreIsDamagedTheImageIsNeverWrong() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        long seed = Long.getLong("slipway.seed", System.nanoTime());
        System.out.println("damaged stores: seed " + seed);
        Random random = new Random(seed);
        build();
        Map<String, String> expected = image();
        List<String> parts =
                List.of("layers", "contents", "blobs", "layer-blobs", "snapshots", "records", "contexts", "trees");
        List<String> told = new ArrayList<>();
        for (int i = 0; i < DAMAGES; i++) {
            String part = parts.get(i % parts.size());
            List<Path> files = storedFiles(part).stream()
                    .filter(file -> !part.equals("trees") || !isReadByAProcess(file))
                    .toList();
            if (files.isEmpty()) {
                continue;
            }
            Path file = files.get(random.nextInt(files.size()));
            flip(file, random);
            if (random.nextBoolean()) {
                forgetBlobs();
            }
            Files.deleteIfExists(folder.resolve("out.tar"));
            // Damage that no build has come across stays, so one build may tell of one and the next of another.
            for (int tries = 0; !buildOrTell(told); tries++) {
                assertThat(tries).as("damage of " + file).isLessThanOrEqualTo(i);
            }
            assertThat(image()).as("damage of " + file).isEqualTo(expected);
        }
        System.out.println("damaged stores: " + DAMAGES + ", of which told: " + told);
    }

    /**
     * Whether a RUN reads this file of a tree. A process that runs in a damaged root sees the damage, as it would on any disk; a
     * root is checked when it is unpacked and when it is packed.
     */
    private static boolean isReadByAProcess(Path file) {
        return Stream.of("/bin/", "/lib/", "/data/", "/copied/").anyMatch(file.toString()::contains);
    }

    /** Whether it was built; if it was not, the message says what to do. */
    private boolean buildOrTell(List<String> told) throws IOException, InterruptedException {
        try {
            build();
            return true;
        } catch (BuildException e) {
            told.add(e.getMessage());
            assertThat(e.getMessage()).contains("build again").doesNotContain("Exception");
            return false;
        }
    }

    private static void flip(Path file, Random random) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long at = random.nextLong(bytes.length());
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ (1 << random.nextInt(8)));
        }
        Files.setLastModifiedTime(file, modified);
    }

    /** Then layers are compressed again, out of what else is kept of them. */
    private void forgetBlobs() throws IOException {
        for (Path file : storedFiles("layer-blobs")) {
            if (!Files.readString(file, StandardCharsets.ISO_8859_1).startsWith("sha256:" + file.getFileName())) {
                Files.delete(file);
            }
        }
    }

    /** Files without their bytes, in trees that were there before the machine was started. */
    private void cutPower(String name) throws IOException {
        int cut = 0;
        for (Path file : storedFiles("trees")) {
            if (file.toString().endsWith(".start")) {
                Files.writeString(file, "an earlier start");
            } else if (file.getFileName().toString().equals(name)) {
                FileTime modified = Files.getLastModifiedTime(file);
                Files.write(file, new byte[0]);
                Files.setLastModifiedTime(file, modified);
                cut++;
            }
        }
        assertThat(cut).isPositive();
    }

    @Test
    void whatAPowerCutLeftOfARootIsNotBuiltUpon() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        Path context = Files.createDirectories(folder.resolve("context"));
        BuildRequest request = BuildRequest.of(context).buildContext("alpine", "oci-layout://" + ALPINE);
        String first = "FROM alpine\nRUN echo made > /made\n";
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.build(request.dockerfileText(first), Progress.none());
            cutPower("busybox");
            // The image has the bytes of its layers, so nobody notices.
            slipway.build(
                    request.dockerfileText(first + "RUN cat /made > /again\n")
                            .output(Output.localDirectory(folder.resolve("one"))),
                    Progress.none());
            assertThat(folder.resolve("one/again")).hasContent("made\n");

            cutPower("made");
            BuildRequest last = request.dockerfileText(first + "RUN cat /made /made > /twice\n")
                    .output(Output.localDirectory(folder.resolve("two")));
            assertThatThrownBy(() -> slipway.build(last, Progress.none()))
                    .isInstanceOf(BuildException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining("build again");
            slipway.build(last, Progress.none());
            assertThat(folder.resolve("two/twice")).hasContent("made\nmade\n");
        }
    }

    @Test
    void aClockThatWasSetBackDoesNoHarm() throws Exception {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
        build();
        Map<String, String> expected = image();
        FileTime future = FileTime.from(Instant.now().plus(Duration.ofDays(400)));
        for (String part :
                List.of("layers", "contents", "blobs", "layer-blobs", "snapshots", "records", "contexts", "locks")) {
            for (Path file : storedFiles(part)) {
                Files.setLastModifiedTime(file, future);
            }
        }
        build();
        assertThat(image()).isEqualTo(expected);
        Files.writeString(folder.resolve("context/data/f9"), "new\n");
        build();
        assertThat(image()).containsKey("copied/f9");
        try (Slipway slipway = Slipway.open(folder.resolve("home"))) {
            slipway.pruneCache(
                    dev.slipway.executor.cache.PruneRequest.EVERYTHING.withKeepDuration(Duration.ofHours(1)));
            slipway.pruneCache(dev.slipway.executor.cache.PruneRequest.EVERYTHING.withAll());
            assertThat(slipway.cacheEntries()).isEmpty();
        }
    }

    /** Runs the command in a mount namespace of its own, where the store is on a small disk. */
    private Background onDisk(String options, String script) throws IOException {
        Path home = Files.createDirectories(folder.resolve("disk"));
        String command = String.join(" ", Background.words());
        return Background.start(
                home,
                List.of(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o mode=0700," + options + " tmpfs " + home + "\nslipway() { " + command
                                + " \"$@\"; }\n" + script));
    }

    @Test
    void aFullDiskIsToldOfAndDoesNoHarm() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to mount a small disk");
        Path large = Files.createDirectories(folder.resolve("large"));
        byte[] bytes = new byte[20_000_000];
        new Random(1).nextBytes(bytes);
        Files.write(large.resolve("data"), bytes);
        Files.writeString(large.resolve("Dockerfile"), "FROM scratch\nCOPY data /\n");
        Path small = Files.createDirectories(folder.resolve("small"));
        Files.writeString(small.resolve("data"), "small\n");
        Files.writeString(small.resolve("Dockerfile"), "FROM scratch\nCOPY data /\n");
        Background build = onDisk("size=6m", """
                slipway build -o %s/no %s; echo "large: $?"
                slipway build -o %s/yes %s; echo "small: $?"
                slipway cache prune --all; echo "prune: $?"
                """.formatted(folder, large, folder, small));
        build.await();
        assertThat(build.output())
                .contains("no space left on device", "large: 1", "small: 0", "prune: 0")
                .doesNotContain("Exception", "\tat ");
        assertThat(folder.resolve("yes/data")).hasContent("small\n");
        assertThat(folder.resolve("no")).doesNotExist();
    }

    @Test
    void aStoreThatCannotBeWrittenToIsToldOf() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root to mount a small disk");
        Path small = Files.createDirectories(folder.resolve("small"));
        Files.writeString(small.resolve("data"), "small\n");
        Files.writeString(small.resolve("Dockerfile"), "FROM scratch\nCOPY data /\n");
        Background build = onDisk("size=6m", """
                slipway build %s; echo "writable: $?"
                mount -o remount,ro %s
                slipway build %s; echo "read-only: $?"
                """.formatted(small, folder.resolve("disk"), small));
        build.await();
        assertThat(build.output())
                .contains(
                        "writable: 0",
                        "read-only: 1",
                        "read-only file system",
                        folder.resolve("disk").toString())
                .doesNotContain("Exception", "\tat ");
    }
}
