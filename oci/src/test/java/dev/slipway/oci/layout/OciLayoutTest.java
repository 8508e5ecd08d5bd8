package dev.slipway.oci.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.Processes;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OciLayoutTest {

    private static final Map<String, String> CREATED = Map.of(LayoutImage.CREATED, "2026-01-02T03:04:05Z");

    @TempDir
    Path temp;

    private final TestImages images = new TestImages();

    private LayoutImage image(Descriptor root, String... names) {
        return new LayoutImage(
                root.withAnnotations(CREATED),
                Stream.of(names).map(ImageReference::parse).toList(),
                images);
    }

    private Path write(boolean archive, LayoutImage image) throws IOException {
        Path path = temp.resolve(archive ? "image.tar" : "image");
        if (archive) {
            try (OutputStream out = Files.newOutputStream(path)) {
                OciArchiveWriter.write(image, out);
            }
        } else {
            OciFolderWriter.write(image, path);
        }
        return path;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anImageOfTwoPlatformsComesBackWhole(boolean archive) throws IOException {
        Descriptor root = images.index("linux/amd64", "linux/arm64");

        try (OciLayout layout = OciLayout.open(write(archive, image(root, "example.com/app:1.0")))) {
            Descriptor found = layout.find("1.0");

            assertThat(found.digest()).isEqualTo(root.digest());
            assertThat(found.annotations())
                    .containsEntry(OciLayout.IMAGE_NAME, "example.com/app:1.0")
                    .containsEntry(OciLayout.REF_NAME, "1.0")
                    .containsAllEntriesOf(CREATED);
            assertThat(ImageValidator.problems(found, layout)).isEmpty();
            Image arm = new ImageSelector(layout).select(found, Platform.parse("linux/arm64"));
            assertThat(arm.config().platform()).isEqualTo(Platform.of("linux", "arm64", ""));
        }
    }

    @Test
    void anArchiveIsWhatBuildKitWrites() throws IOException {
        Path archive = write(true, image(images.image("linux/amd64").descriptor(), "alpine"));

        List<String> names = Processes.lines(List.of("tar", "--utc", "-tvf", archive.toString()));
        assertThat(names).hasSize(8);
        assertThat(names.get(0)).matches("drwxr-xr-x 0/0 +0 1970-01-01 00:00 blobs/");
        assertThat(names.get(1)).matches("drwxr-xr-x 0/0 +0 1970-01-01 00:00 blobs/sha256/");
        assertThat(names.subList(2, 6))
                .allMatch(line -> line.matches("-r--r--r-- 0/0 +\\d+ 1970-01-01 00:00 blobs/sha256/[0-9a-f]{64}"));
        assertThat(names.get(6)).matches("-rw-r--r-- 0/0 +\\d+ 1970-01-01 00:00 index.json");
        assertThat(names.get(7)).matches("-r--r--r-- 0/0 +30 1970-01-01 00:00 oci-layout");
        String index = String.join("", Processes.lines(List.of("tar", "-xOf", archive.toString(), "index.json")));
        assertThat(index)
                .startsWith(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                                + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:")
                .endsWith("\"annotations\":{\"io.containerd.image.name\":\"docker.io/library/alpine:latest\","
                        + "\"org.opencontainers.image.created\":\"2026-01-02T03:04:05Z\","
                        + "\"org.opencontainers.image.ref.name\":\"latest\"},"
                        + "\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}}]}");
    }

    @Test
    void theSameImageGivesTheSameArchive() throws IOException {
        Descriptor root = images.index("linux/amd64", "linux/arm64");
        Digest first = Digest.sha256(Files.readAllBytes(write(true, image(root))));

        assertThat(Digest.sha256(Files.readAllBytes(write(true, image(root))))).isEqualTo(first);
    }

    @Test
    void aFolderKeepsImagesOfOtherNames() throws IOException {
        Descriptor amd = images.image("linux/amd64").descriptor();
        Descriptor arm = images.image("linux/arm64").descriptor();
        write(false, image(amd, "app:1", "app:2"));
        Path folder = write(false, image(arm, "app:2"));
        write(false, image(arm));

        try (OciLayout layout = OciLayout.open(folder)) {
            assertThat(layout.find("1").digest()).isEqualTo(amd.digest());
            assertThat(layout.find("docker.io/library/app:2").digest()).isEqualTo(arm.digest());
            assertThat(layout.find("latest").digest()).isEqualTo(arm.digest());
            assertThat(layout.index().manifests()).hasSize(3);
            assertThatThrownBy(() -> layout.find("3"))
                    .hasMessage("no image 3 in the OCI layout " + folder + "; it has 1, 2, latest");
        }
    }

    @Test
    void manifestsBelowAnIndexAreFoundByDigest() throws IOException {
        Descriptor root = images.index("linux/amd64");
        Descriptor manifest = images.image("linux/amd64").descriptor();

        try (OciLayout layout = OciLayout.open(write(false, image(root)))) {
            assertThat(layout.find(root.digest()).mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
            assertThat(layout.find(manifest.digest()))
                    .isEqualTo(Descriptor.of(MediaTypes.OCI_MANIFEST, manifest.digest(), manifest.size()));
            Digest other = Digest.sha256("other");
            assertThatThrownBy(() -> layout.find(other)).isInstanceOf(BlobNotFoundException.class);
        }
    }

    @Test
    void theOnlyImageIsFoundUnderAnyName() throws IOException {
        Descriptor root = images.index("linux/amd64");

        try (OciLayout layout = OciLayout.open(write(true, image(root)))) {
            assertThat(layout.find("whatever").digest()).isEqualTo(root.digest());
        }
    }

    @Test
    void aDamagedBlobIsNoticed() throws IOException {
        Descriptor manifest = images.image("linux/amd64").descriptor();
        Path folder = write(false, image(manifest));
        Path blob = folder.resolve(OciLayout.blobName(manifest.digest()));
        byte[] bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);

        try (OciLayout layout = OciLayout.open(folder)) {
            assertThatThrownBy(() -> layout.read(manifest))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageStartingWith("blob " + manifest.digest() + " is damaged");
        }
    }

    @Test
    void aSourceThatFailsLeavesTheFolderAsItWas() throws IOException {
        Descriptor amd = images.image("linux/amd64").descriptor();
        Path folder = write(false, image(amd, "app:1"));
        List<Path> before = files(folder);
        Descriptor missing = images.index("linux/amd64", "linux/arm64");
        LayoutImage broken = new LayoutImage(missing, List.of(ImageReference.parse("app:1")), blob -> {
            if (MediaTypes.isLayer(blob.mediaType())) {
                throw new IOException("the line is down");
            }
            return images.open(blob);
        });

        assertThatThrownBy(() -> OciFolderWriter.write(broken, folder)).hasMessage("the line is down");

        try (OciLayout layout = OciLayout.open(folder)) {
            assertThat(layout.find("1").digest()).isEqualTo(amd.digest());
            assertThat(ImageValidator.problems(layout.find("1"), layout)).isEmpty();
        }
        assertThat(files(folder))
                .containsAll(before)
                .noneMatch(file -> file.getFileName().toString().startsWith("."));
    }

    @Test
    void whatIsNoLayoutIsRefused() throws IOException {
        Path text = Files.writeString(temp.resolve("a.txt"), "hello".repeat(1000));
        Path gzip = Files.write(temp.resolve("a.tar.gz"), new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0});
        Path folder = Files.createDirectory(temp.resolve("folder"));
        Path damaged = Files.createDirectory(temp.resolve("damaged"));
        Files.write(damaged.resolve("index.json"), "{".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> OciLayout.open(temp.resolve("none"))).hasMessageContaining("there is no OCI layout");
        for (Path path : List.of(text, gzip)) {
            assertThatThrownBy(() -> OciLayout.open(path))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContaining(path.toString());
        }
        assertThatThrownBy(() -> OciLayout.open(folder))
                .hasMessage(folder + " is not an OCI layout: it has no index.json");
        assertThatThrownBy(() -> OciLayout.open(damaged))
                .hasMessageStartingWith(
                        "index.json of " + damaged + ": invalid image index: the document is not valid JSON");
        assertThatThrownBy(() -> OciFolderWriter.write(image(images.index("linux/amd64")), text))
                .hasMessage(text + " is not a folder; an OCI layout can't be written there");
    }

    @Test
    @Tag("end-to-end")
    void skopeoReadsBothForms() throws IOException {
        Descriptor root = images.index("linux/amd64", "linux/arm64");
        Path folder = write(false, image(root, "app:1"));
        Path archive = write(true, image(root, "app:1"));

        for (String source : List.of("oci:" + folder + ":1", "oci-archive:" + archive + ":1")) {
            String raw = String.join("\n", Processes.lines(List.of("skopeo", "inspect", "--raw", source)));
            assertThat(Digest.sha256(raw)).isEqualTo(root.digest());
            Path copy = temp.resolve("copy" + source.length());
            Processes.lines(List.of("skopeo", "copy", "--all", source, "oci:" + copy + ":1"));
            try (OciLayout layout = OciLayout.open(copy)) {
                assertThat(layout.find("1").digest()).isEqualTo(root.digest());
                assertThat(ImageValidator.problems(root, layout)).isEmpty();
            }
        }
    }

    @Test
    void anArchiveForDockerSaysWhatIsTheImage() throws IOException {
        Descriptor root = images.image("linux/amd64").descriptor();
        Manifest manifest = Manifest.parse(images.read(root).toArray());
        Path archive = temp.resolve("docker.tar");
        try (OutputStream out = Files.newOutputStream(archive)) {
            OciArchiveWriter.writeForDocker(image(root, "app:1", "example.com/app"), out);
        }

        assertThat(Processes.lines(List.of("tar", "-xOf", archive.toString(), "manifest.json")))
                .containsExactly("[{\"Config\":\"blobs/sha256/%s\",\"RepoTags\":[\"app:1\",\"example.com/app:latest\"],"
                                .formatted(manifest.config().digest().hex())
                        + "\"Layers\":[\"blobs/sha256/%s\",\"blobs/sha256/%s\"]}]"
                                .formatted(
                                        manifest.layers().get(0).digest().hex(),
                                        manifest.layers().get(1).digest().hex()));
        LayoutImage several = image(images.index("linux/amd64", "linux/arm64"));
        assertThatThrownBy(() -> OciArchiveWriter.writeForDocker(several, OutputStream.nullOutputStream()))
                .hasMessageStartingWith("an archive for docker load holds an image of one platform");
    }

    @Test
    @Tag("end-to-end")
    void skopeoReadsAnArchiveForDocker() throws IOException {
        Descriptor root = images.imageOf("linux/amd64", List.of(images.layer("a", "a", Compression.GZIP)))
                .descriptor();
        Path archive = temp.resolve("docker.tar");
        try (OutputStream out = Files.newOutputStream(archive)) {
            OciArchiveWriter.writeForDocker(image(root, "app:1"), out);
        }
        Path copy = temp.resolve("copy");

        Processes.lines(List.of("skopeo", "copy", "docker-archive:" + archive + ":app:1", "oci:" + copy + ":1"));

        try (OciLayout layout = OciLayout.open(copy)) {
            assertThat(ImageValidator.problems(layout.find("1"), layout)).isEmpty();
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }
}
