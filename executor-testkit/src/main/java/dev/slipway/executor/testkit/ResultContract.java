package dev.slipway.executor.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ProgramFile;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises about results: how parts of them are chosen and compared, and how files of them are read. */
public abstract class ResultContract extends ContractFixture {

    private VertexWork work;
    private Edge tree;

    /** For subclasses. */
    protected ResultContract() {}

    @Override
    protected abstract VertexExecutor open(Path home) throws Exception;

    @BeforeEach
    final void begin() throws Exception {
        Path context = newFolder();
        write(context, "app/main", "main");
        write(context, "app/notes.txt", "notes");
        write(context, "app/lib/util", "util");
        work = closing(closing(open(home())).begin(offering(context)));
        tree = Llb.changed(
                Llb.copied(Llb.context()),
                Llb.symlink("app/main", "/link"),
                Llb.symlink("/app", "/absolute"),
                Llb.symlink("../../../app/main", "/outside"));
    }

    /**
     * A program that a step wrote is found, with the platform that its bytes say, and one that is gone is not. An executor that does
     * not search finds nothing.
     */
    @Test
    protected void programsAreFoundByTheirPlatform() throws Exception {
        byte[] program = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, (byte) 183, 0};
        Edge made = Llb.file(
                Optional.empty(),
                Optional.empty(),
                new FileAction.MakeFile("/tool", 0755, Bytes.of(program), Optional.empty(), 0),
                new FileAction.MakeFile("/gone", 0755, Bytes.of(program), Optional.empty(), 0),
                Llb.makeFile("/text", "#!/bin/sh"));
        Result result = new Steps(work).run(Llb.changed(made, Llb.remove("/gone")));
        Platform arm = Platform.parse("linux/arm64").normalized();
        List<ProgramFile> found = work.programs(result, platform -> true);
        if (!found.isEmpty()) {
            assertEquals(List.of(new ProgramFile("/tool", found.get(0).platform(), Digest.sha256(program))), found);
            assertEquals(arm.architecture(), found.get(0).platform().architecture());
        }
        assertEquals(List.of(), work.programs(result, platform -> false));
    }

    /** A part of a result is equal to itself whatever happens beside it. */
    @Test
    protected void onlyWhatIsChosenCounts() throws Exception {
        Edge changed = Llb.changed(tree, Llb.makeFile("/app/notes.txt", "other notes"));
        assertEqual(changed, ContentSelector.of("/app/lib"));
        assertEqual(changed, ContentSelector.of("/app/main"));
        assertDifferent(changed, ContentSelector.of("/app"));
        assertDifferent(changed, ContentSelector.of("/"));
    }

    /** What a file is called, and who may read it, reaches an image, and counts therefore. */
    @Test
    protected void namesAndModesCount() throws Exception {
        assertDifferent(
                Llb.changed(tree, Llb.remove("/app/main"), Llb.makeFile("/app/renamed", "main")),
                ContentSelector.of("/app"));
        assertDifferent(
                Llb.file(Optional.of(tree), Optional.of(Llb.context()), Llb.copy("/app/main", "/app/main", 0600)),
                ContentSelector.of("/app"));
    }

    /** When a file was written does not. */
    @Test
    protected void timesDoNotCount() throws Exception {
        FileAction.MakeFile now = new FileAction.MakeFile("/file", 0644, Bytes.utf8("1"), Optional.empty(), 0);
        ContentSelector all = ContentSelector.of("/");
        assertEquals(
                digest(Llb.file(Optional.empty(), Optional.empty(), now), all),
                digest(Llb.file(Optional.empty(), Optional.empty(), Llb.makeFile("/file", "1")), all));
    }

    /** A wildcard chooses what it matches, which may be nothing. */
    @Test
    protected void wildcardsChoose() throws Exception {
        Edge changed = Llb.changed(tree, Llb.makeFile("/app/notes.txt", "other notes"));
        assertDifferent(changed, wildcard("/app/*.txt"));
        assertEqual(changed, wildcard("/app/m*"));
        assertEqual(changed, wildcard("/app/absent*"));
    }

    /** Of a folder, patterns say what counts and what does not. */
    @Test
    protected void patternsChoose() throws Exception {
        Edge changed = Llb.changed(tree, Llb.makeFile("/app/notes.txt", "other notes"));
        assertEqual(changed, patterns(List.of("lib"), List.of()));
        assertEqual(changed, patterns(List.of(), List.of("*.txt")));
        assertDifferent(changed, patterns(List.of("*.txt"), List.of()));
        assertDifferent(changed, patterns(List.of(), List.of("lib")));
    }

    /** A link stands for itself or for what it leads to, as the selector says. */
    @Test
    protected void linksAreFollowedWhereASelectorSaysSo() throws Exception {
        Edge changed = Llb.changed(tree, Llb.makeFile("/app/main", "another main"));
        assertDifferent(changed, ContentSelector.of("/link"));
        assertEqual(changed, new ContentSelector("/link", false, false, List.of(), List.of(), false, List.of()));
    }

    /** A missing path chooses nothing; one that has to be there is refused with a message that names it. */
    @Test
    protected void onlyARequiredPathHasToBeThere() throws Exception {
        assertEqual(tree, ContentSelector.of("/absent"));
        ExecutorException refusal =
                assertThrows(ExecutorException.class, () -> digest(tree, ContentSelector.required("/absent")));
        assertTrue(String.valueOf(refusal.getMessage()).contains("absent"), refusal.getMessage());
    }

    /** A file is read as a whole, or as far as somebody wants it. */
    @Test
    protected void aFileIsReadUpToALimit() throws Exception {
        assertEquals(Optional.of("main"), read("/app/main", 100));
        assertEquals(Optional.of("main"), read("/app/main", 4));
        assertEquals(Optional.of("ma"), read("/app/main", 2));
        assertEquals(Optional.of(""), read("/app/main", 0));
    }

    /** There is nothing to read where there is no file. */
    @Test
    protected void aMissingFileIsEmpty() throws Exception {
        assertEquals(Optional.empty(), read("/absent", 100));
        assertEquals(Optional.empty(), read("/absent/main", 100));
        assertEquals(Optional.empty(), read("/app/main/none", 100));
    }

    /** Links lead to files of the result, never out of it. */
    @Test
    protected void linksAreFollowedInsideTheResult() throws Exception {
        assertEquals(Optional.of("main"), read("/link", 100));
        assertEquals(Optional.of("main"), read("/absolute/main", 100));
        assertEquals(Optional.of("main"), read("/outside", 100));
    }

    /** A folder has no content that could be read. */
    @Test
    protected void aFolderIsNotRead() {
        assertThrows(ExecutorException.class, () -> read("/app", 100));
    }

    /** The empty root is a result like any other, though no step made it. */
    @Test
    protected void theEmptyRootIsAResult() throws Exception {
        assertEquals(Optional.empty(), work.readFile(Result.EMPTY, "/absent", 100));
        assertEquals(
                work.contentDigest(Result.EMPTY, List.of(ContentSelector.of("/absent"))),
                work.contentDigest(Result.EMPTY, List.of(ContentSelector.of("/absent"))));
    }

    private void assertEqual(Edge other, ContentSelector chosen) throws InterruptedException {
        assertEquals(digest(tree, chosen), digest(other, chosen), chosen::toString);
    }

    private void assertDifferent(Edge other, ContentSelector chosen) throws InterruptedException {
        assertNotEquals(digest(tree, chosen), digest(other, chosen), chosen::toString);
    }

    private Digest digest(Edge edge, ContentSelector chosen) throws InterruptedException {
        return work.contentDigest(new Steps(work).run(edge), List.of(chosen));
    }

    private Optional<String> read(String path, int limit) throws InterruptedException {
        return work.readFile(new Steps(work).run(tree), path, limit)
                .map(content -> new String(content, StandardCharsets.UTF_8));
    }

    private static ContentSelector wildcard(String path) {
        return new ContentSelector(path, true, true, List.of(), List.of(), true, List.of());
    }

    private static ContentSelector patterns(List<String> included, List<String> excluded) {
        return new ContentSelector("/app", false, true, included, excluded, true, List.of());
    }
}
