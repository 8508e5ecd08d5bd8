package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.SlipwayProcess.Outcome;
import dev.slipway.oci.Image;
import dev.slipway.oci.Index;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input gives the same index, whoever builds it, where and when. */
@Tag("end-to-end")
class ReproducibleBuildTest {

    private static final Path ALPINE = Path.of(System.getProperty(
                    "slipway.images",
                    Path.of(System.getProperty("slipway.root", ".."), "target/images")
                            .toString()))
            .resolve("alpine");
    private static final String EPOCH = "SOURCE_DATE_EPOCH=1600000000";
    private static final List<String> NAMES =
            List.of("b", "a", "B", "\u00e9", "e\u0301", "z\u0131", "dir/2", "dir/10", "dir/Z", "i", "I");

    @TempDir
    private Path folder;

    @BeforeEach
    void findBaseImage() {
        assumeTrue(Files.isDirectory(ALPINE), "no base image at " + ALPINE + "; testdata/base-images makes it");
    }

    private static Path context(Path place, List<String> order, Instant time) throws IOException {
        Files.createDirectories(place.resolve("dir"));
        for (String name : order) {
            Path file = Files.writeString(place.resolve(name), "content of " + name.length() + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            Files.setLastModifiedTime(file, FileTime.from(time));
        }
        Files.writeString(place.resolve("Dockerfile"), """
                FROM alpine AS build
                RUN mkdir /made && for i in 3 1 2; do echo $i > /made/$i; done && ln /made/1 /made/link
                FROM alpine
                WORKDIR /work
                COPY . /files/
                COPY --link --chown=1000:1000 dir /linked/
                COPY --from=build /made /made/
                COPY <<EOT /here
                text
                EOT
                RUN echo made > made && chmod 600 made
                LABEL z=1 a=2
                ENV LATE=1 EARLY=2
                """);
        Files.setPosixFilePermissions(place.resolve("dir"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return place;
    }

    private static String[] build(Path context, Path alpine, String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "build",
                "-q",
                "--build-context",
                "alpine=oci-layout://" + alpine,
                "--platform",
                "linux/amd64",
                "--build-arg",
                "BUILDKIT_MULTI_PLATFORM=1",
                "--output",
                output,
                context.toString()));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private String digest(String name, Path context, Map<String, String> environment) throws Exception {
        String output = "type=oci,rewrite-timestamp=true,dest=" + folder.resolve(name + ".tar");
        Outcome outcome = SlipwayProcess.run(
                folder.resolve(name), new byte[0], environment, build(context, ALPINE, output, "--build-arg", EPOCH));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out().strip();
    }

    @Test
    void twoMachinesMakeOneIndex() throws Exception {
        Path first = context(folder.resolve("first"), NAMES, Instant.parse("2021-05-06T07:08:09Z"));
        List<String> reversed = new ArrayList<>(NAMES);
        Collections.reverse(reversed);
        Path second = context(folder.resolve("second"), reversed, Instant.parse("2024-01-02T03:04:05.678Z"));
        // More names in the folder's index, so that files come in another order.
        for (int i = 0; i < 100; i++) {
            Files.delete(Files.createFile(second.resolve("gone" + i)));
        }

        String digest = digest("one", first, Map.of("TZ", "UTC"));
        Map<String, String> elsewhere = Map.of(
                "TZ", "Pacific/Auckland",
                "LC_ALL", "tr_TR.UTF-8",
                "LANG", "tr_TR.UTF-8",
                "JAVA_TOOL_OPTIONS", "-Duser.language=tr -Duser.country=TR -Dfile.encoding=ISO-8859-9",
                "SOURCE_DATE_EPOCH", "");
        assertThat(digest("two", second, elsewhere)).isEqualTo(digest);
        assertThat(Files.mismatch(folder.resolve("one.tar"), folder.resolve("two.tar")))
                .isEqualTo(-1);
        assertThat(digest("one", first, Map.of())).as("from the cache").isEqualTo(digest);
    }

    @Test
    void twoUsersMakeOneIndex() throws Exception {
        OrdinaryUser user = OrdinaryUser.withOthers(folder);
        Path context = context(user.folder().resolve("context"), NAMES, Instant.parse("2021-05-06T07:08:09Z"));
        OrdinaryUser.copy(ALPINE, user.folder().resolve("alpine"));
        String digest = digest("root", context, Map.of());
        String said = user.run(
                List.of("sh", "-c", "umask 077; exec \"$@\"", "sh"),
                build(
                        context,
                        user.folder().resolve("alpine"),
                        "type=oci,rewrite-timestamp=true,dest=out.tar",
                        "--build-arg",
                        EPOCH));
        assertThat(said.strip()).endsWith(digest);
    }

    @Test
    void withoutATimeConfigsAndFilesAreTheSame() throws Exception {
        Path context = context(folder.resolve("context"), NAMES, Instant.parse("2021-05-06T07:08:09Z"));
        for (String name : List.of("one", "two")) {
            Outcome outcome = SlipwayProcess.run(
                    folder.resolve(name),
                    build(context, ALPINE, "type=oci,tar=false,dest=" + folder.resolve(name + "-out")));
            assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        }
        try (OciLayout one = OciLayout.open(folder.resolve("one-out"));
                OciLayout two = OciLayout.open(folder.resolve("two-out"))) {
            Image first = image(one);
            Image second = image(two);
            assertThat(first.config().config()).isEqualTo(second.config().config());
            assertThat(first.config().history().stream()
                            .map(HistoryEntry::createdBy)
                            .toList())
                    .isEqualTo(second.config().history().stream()
                            .map(HistoryEntry::createdBy)
                            .toList());
            FinalFiles files = FinalFiles.of(first);
            FinalFiles others = FinalFiles.of(second);
            assertThat(files.files().keySet()).isEqualTo(others.files().keySet());
            assertThat(files.files())
                    .allSatisfy((path, file) -> assertThat(
                                    file.looksLike(others.files().get(path)))
                            .as(path)
                            .isTrue());
        }
    }

    private static Image image(OciLayout layout) throws IOException {
        Index index = Index.parse(layout.read(layout.index().manifests().get(0)).toArray());
        return Image.read(index.manifests().get(0), layout);
    }
}
