package dev.slipway.executor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises about keys of local folders: equal keys stand for equal content, and a change is never missed. */
public abstract class SourceKeyContract extends ContractFixture {

    private VertexExecutor executor;

    /** For subclasses. */
    protected SourceKeyContract() {}

    @Override
    protected abstract VertexExecutor open(Path home) throws Exception;

    @BeforeEach
    final void open() throws Exception {
        executor = closing(open(home()));
    }

    /** Two folders with the same files are the same source. */
    @Test
    protected void equalFoldersHaveEqualKeys() throws Exception {
        assertEquals(key(folder("a", "1")), key(folder("a", "1")));
    }

    /** Nobody builds again because a file was touched. */
    @Test
    protected void timesMakeNoDifference() throws Exception {
        Path folder = folder("a", "1");
        Digest before = key(folder);
        Files.setLastModifiedTime(folder.resolve("a"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        assertEquals(before, key(folder));
    }

    /** Not even one of the same length, written a moment later. */
    @Test
    protected void aChangedByteChangesTheKey() throws Exception {
        Path folder = folder("a", "1");
        Digest before = key(folder);
        write(folder, "a", "2");
        assertNotEquals(before, key(folder));
    }

    /** A file is its name as well. */
    @Test
    protected void anotherNameChangesTheKey() throws Exception {
        assertNotEquals(key(folder("a", "1")), key(folder("b", "1")));
    }

    /** An empty folder is something. */
    @Test
    protected void anEmptyFolderChangesTheKey() throws Exception {
        Path folder = folder("a", "1");
        Digest before = key(folder);
        Files.createDirectory(folder.resolve("empty"));
        assertNotEquals(before, key(folder));
    }

    /** What {@code local.excludepatterns} leaves out is not part of the source. */
    @Test
    protected void whatIsLeftOutMakesNoDifference() throws Exception {
        Edge source = Llb.local(CONTEXT, Map.of("local.excludepatterns", "[\"*.log\"]"));
        Path folder = folder("a", "1");
        Digest before = key(folder, source);
        write(folder, "b.log", "2");
        assertEquals(before, key(folder, source));
        write(folder, "c", "3");
        assertNotEquals(before, key(folder, source));
    }

    /** Builds that run at the same time have folders of the same name, and each sees its own. */
    @Test
    protected void eachBuildSeesItsOwnFolder() throws Exception {
        VertexWork one = closing(executor.begin(offering(folder("a", "1"))));
        VertexWork other = closing(executor.begin(offering(folder("a", "2"))));
        assertNotEquals(
                one.sourceKey(Llb.context().vertex(), StepMonitor.NONE),
                other.sourceKey(Llb.context().vertex(), StepMonitor.NONE));
    }

    /** A folder that the session does not offer is refused with a message that names it. */
    @Test
    protected void aFolderThatTheSessionDoesNotOfferIsRefused() throws Exception {
        Edge source = Llb.local("absent", Map.of());
        Path folder = folder("a", "1");
        ExecutorException refusal = assertThrows(ExecutorException.class, () -> key(folder, source));
        assertTrue(String.valueOf(refusal.getMessage()).contains("absent"), refusal.getMessage());
    }

    /** An archive of the client has the time of its newest file, and any other file of the client none. */
    @Test
    protected void anArchiveHasTheTimeOfItsNewestFile() throws Exception {
        Path folder = newFolder();
        byte[] archive = new TarBytes()
                .file("a", "1", 1_000_000_000)
                .file("b", "2", 1_100_000_000)
                .file("c", "3", 1_050_000_000)
                .bytes();
        assertEquals(Optional.of(Instant.ofEpochSecond(1_100_000_000)), uploadTime(folder.resolve("archive"), archive));
        assertEquals(Optional.empty(), uploadTime(folder.resolve("text"), "FROM scratch".getBytes(UTF_8)));
    }

    private Optional<Instant> uploadTime(Path file, byte[] content) throws Exception {
        Files.write(file, content);
        String name = Digest.sha256(content).hex();
        BuildSession session = new BuildSession(
                new TreeMap<>(),
                new TreeMap<>(),
                BuildSession.EMPTY.secrets(),
                new TreeMap<>(),
                Set.of(),
                new TreeMap<>(Map.of(name, file)),
                Optional.empty());
        try (VertexWork work = executor.begin(session)) {
            return work.sourceTime(
                    Llb.source(BuildSession.UPLOADS + name, Map.of()).vertex());
        }
    }

    private Path folder(String name, String content) throws IOException {
        Path folder = newFolder();
        write(folder, name, content);
        return folder;
    }

    private Digest key(Path folder) throws InterruptedException {
        return key(folder, Llb.context());
    }

    private Digest key(Path folder, Edge source) throws InterruptedException {
        try (VertexWork work = executor.begin(offering(folder))) {
            return work.sourceKey(source.vertex(), StepMonitor.NONE);
        }
    }
}
