package dev.slipway.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.BuildException;
import dev.slipway.BuildRequest;
import dev.slipway.BuildResult;
import dev.slipway.Slipway;
import dev.slipway.context.ContextFiles;
import dev.slipway.context.ContextPlace;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.BuildEvent.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts and Dockerfiles that are in memory, in zip files and on the class path. */
@Tag("end-to-end")
class MemoryContextsTest {

    private static final String DOCKERFILE = "FROM scratch\nCOPY . /\n";

    @TempDir
    private Path folder;

    private Path temporary;
    private Slipway slipway;
    private int builds;

    @BeforeEach
    void open() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        slipway = Slipway.builder()
                .home(folder.resolve("home"))
                .temporaryFolder(temporary)
                .open();
    }

    @AfterEach
    void close() {
        slipway.close();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void filesInMemoryAreAContext() throws Exception {
        build(BuildRequest.ofFiles(ContextFiles.EMPTY
                .text("Dockerfile", DOCKERFILE)
                .text(".dockerignore", "left-out\n")
                .text("left-out", "x")
                .text("a/b/ünïcode", "deep")
                .bytes("tool", new byte[] {0, -1}, 0751)));
        assertThat(file("a/b/ünïcode")).hasContent("deep");
        assertThat(file("left-out")).doesNotExist();
        assertThat(file("tool")).hasBinaryContent(new byte[] {0, -1});
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("tool"))))
                .isEqualTo("rwxr-x--x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("Dockerfile"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void aContextMayBeEmpty() throws Exception {
        build(BuildRequest.ofFiles(ContextFiles.EMPTY).dockerfileText("FROM scratch\nCOPY <<E /file\nx\nE\n"));
        assertThat(file("file")).hasContent("x");
    }

    @Test
    void equalFilesAreFoundInTheCacheAndMakeEqualImages() throws Exception {
        Map<String, byte[]> files = Map.of("Dockerfile", DOCKERFILE.getBytes(UTF_8), "a/file", new byte[] {1});
        BuildResult first = build(BuildRequest.ofFiles(files));
        List<BuildEvent> events = new ArrayList<>();
        BuildResult second = slipway.build(BuildRequest.ofFiles(files).platforms("linux/amd64"), events::add);
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(events)
                .filteredOn(BuildEvent.Finished.class::isInstance)
                .filteredOn(event -> ((BuildEvent.Finished) event).step().name().contains("COPY"))
                .isNotEmpty()
                .allMatch(event -> ((BuildEvent.Finished) event).outcome() == Outcome.CACHED);
    }

    @Test
    void theDockerfileMayBeAnotherOneOfTheContext() throws Exception {
        ContextFiles files = ContextFiles.EMPTY
                .text("docker/app.Dockerfile", DOCKERFILE)
                .text("docker/app.Dockerfile.dockerignore", "b\n")
                .text("a", "x")
                .text("b", "x");
        build(BuildRequest.ofFiles(files).dockerfile(Path.of("docker/app.Dockerfile")));
        assertThat(file("a")).exists();
        assertThat(file("b")).doesNotExist();
        assertThatThrownBy(() -> build(BuildRequest.ofFiles(files)))
                .isInstanceOf(BuildException.class)
                .hasMessage("there is no Dockerfile in the context; name its file, or another folder");
        assertThatThrownBy(() -> build(BuildRequest.ofFiles(files).dockerfile(Path.of("none"))))
                .isInstanceOf(BuildException.class)
                .hasMessage("the Dockerfile does not exist in the context: none");
    }

    @Test
    void aNameMayStandForFilesInMemoryAndInAZipFile() throws Exception {
        Path zip = zip("other.zip", Map.of("from-zip", "z"));
        build(BuildRequest.ofFiles(Map.of())
                .dockerfileText("FROM scratch\nCOPY --from=memory . /\nCOPY --from=zip . /\n")
                .buildContext("memory", ContextFiles.EMPTY.text("from-memory", "m"))
                .buildContext("zip", ContextPlace.zip(zip)));
        assertThat(file("from-memory")).hasContent("m");
        assertThat(file("from-zip")).hasContent("z");
    }

    @Test
    void aZipFileIsAContextWhateverItsTimesAre() throws Exception {
        Path zip = zip("context.zip", Map.of("Dockerfile", DOCKERFILE, "a/b", "deep"));
        build(BuildRequest.ofZip(zip));
        assertThat(file("a/b")).hasContent("deep");
        byte[] before = Files.readAllBytes(zip);
        try (FileSystem other = FileSystems.newFileSystem(zip, Map.of())) {
            Files.setLastModifiedTime(other.getPath("/a/b"), FileTime.from(Instant.EPOCH));
        }
        assertThat(zip).content(ISO_8859_1).isNotEqualTo(new String(before, ISO_8859_1));
        List<BuildEvent> events = new ArrayList<>();
        slipway.build(BuildRequest.ofZip(zip).platforms("linux/amd64"), events::add);
        assertThat(events)
                .filteredOn(BuildEvent.Finished.class::isInstance)
                .filteredOn(event -> ((BuildEvent.Finished) event).step().name().contains("COPY"))
                .isNotEmpty()
                .allMatch(event -> ((BuildEvent.Finished) event).outcome() == Outcome.CACHED);
    }

    @Test
    void permissionsOfAZipFileAreKept() throws Exception {
        Path zip = zip("context.zip", Map.of("Dockerfile", DOCKERFILE, "tool", "x", "plain", "x"));
        URI address = URI.create("jar:" + zip.toUri());
        try (FileSystem files = FileSystems.newFileSystem(address, Map.of("enablePosixFileAttributes", "true"))) {
            Files.setPosixFilePermissions(files.getPath("/tool"), PosixFilePermissions.fromString("rwxr-x---"));
        }
        build(BuildRequest.ofZip(zip));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("tool"))))
                .isEqualTo("rwxr-x---");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("plain"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void whatIsNoZipFileIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text.zip"), "text");
        Path other = Files.writeString(folder.resolve("text"), "text");
        assertThatThrownBy(() -> build(BuildRequest.ofZip(text)))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith(text + " is not a zip file that can be read");
        assertThatThrownBy(() -> build(BuildRequest.ofZip(other)))
                .isInstanceOf(BuildException.class)
                .hasMessageStartingWith(other + " is not a zip file that can be read");
        assertThatThrownBy(() -> build(BuildRequest.ofZip(folder.resolve("none.zip"))))
                .isInstanceOf(BuildException.class)
                .hasMessage("the zip file does not exist: " + folder.resolve("none.zip"));
        Path empty = zip("empty.zip", Map.of("Dockerfile", DOCKERFILE));
        assertThatThrownBy(() -> build(BuildRequest.ofPlace(new ContextPlace.Zip(empty, "none"))))
                .isInstanceOf(BuildException.class)
                .hasMessage("there is no folder none in " + empty);
    }

    @Test
    void resourcesAreAContextInAFolderAndInAJarFile() throws Exception {
        Map<String, String> files =
                Map.of("docker/", "", "docker/Dockerfile", DOCKERFILE, "docker/file", "x", "outside", "x");
        Path jar = zip("app.jar", files);
        Path classes = Files.createDirectories(folder.resolve("classes/docker")).getParent();
        Files.writeString(classes.resolve("docker/Dockerfile"), DOCKERFILE);
        Files.writeString(classes.resolve("docker/file"), "x");
        for (Path path : List.of(jar, classes)) {
            Path copy = classOf(path);
            try (URLClassLoader loader = new URLClassLoader(
                    new URL[] {path.toUri().toURL(), copy.toUri().toURL()}, null)) {
                Class<?> beside = loader.loadClass(Beside.class.getName());
                build(BuildRequest.ofResources(beside, "/docker"));
                assertThat(file("file")).hasContent("x");
                assertThat(file("outside")).doesNotExist();
                build(BuildRequest.ofFiles(Map.of("only", new byte[0]))
                        .dockerfileResource(beside, "/docker/Dockerfile"));
                assertThat(file("only")).exists();
            }
        }
    }

    /** A class that a program has beside its resources. */
    static final class Beside {}

    private Path classOf(Path place) throws IOException {
        Path root = folder.resolve("class-of-" + place.getFileName());
        String name = Beside.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(root.resolve(name).getParent());
        Files.write(
                root.resolve(name), Beside.class.getResourceAsStream("/" + name).readAllBytes());
        return root;
    }

    private BuildResult build(BuildRequest request) throws InterruptedException {
        return slipway.build(request.platforms("linux/amd64").output(Output.localDirectory(file(""))));
    }

    private Path file(String name) {
        return folder.resolve("files-" + builds).resolve(name);
    }

    private Path zip(String name, Map<String, String> files) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, String> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return file;
    }
}
