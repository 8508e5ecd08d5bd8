package dev.slipway.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.llb.Bytes;
import dev.slipway.local.Listing;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Layers;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class CopiedTreeTest {

    private static final Instant OLD = Instant.parse("2001-02-03T04:05:06.123456789Z");

    private static final CopiedTree.NewFiles AS_FOUND = new CopiedTree.NewFiles() {
        @Override
        public Attributes made(Attributes found) {
            return found;
        }

        @Override
        public Attributes given(Path file, Attributes known) {
            return known;
        }
    };

    @TempDir
    Path folder;

    private Store store;
    private Directory root;
    private CopiedTree copy;
    private Path tree;

    @BeforeEach
    void write() throws Exception {
        store = Store.open(folder.resolve("home"), TrustedOwners.NONE);
        NewContents contents = new NewContents(store.temp());
        DraftDirectory draft = DraftDirectory.over(Directory.EMPTY);
        DraftDirectory data = draft.makeFolder("data", owned(0755, 33, 33));
        RegularFile file = new RegularFile(owned(0644, 33, 34), contents.add(bytes("old")));
        data.put("a", file);
        data.put("b", file);
        data.put("secret", new RegularFile(owned(0, 33, 33), contents.add(bytes("hidden"))));
        data.put("program", new RegularFile(capable(0755), contents.add(bytes("code"))));
        data.put("link", new SymbolicLink(owned(0777, 33, 33), "a"));
        data.put("disk", new SpecialFile(owned(0660, 0, 6), SpecialFile.Kind.BLOCK_DEVICE, 8, 1));
        data.put("pipe", new SpecialFile(owned(0600, 5, 6), SpecialFile.Kind.FIFO, 0, 0));
        draft.makeFolder("closed", owned(0, 7, 7))
                .put("f", new RegularFile(owned(0400, 7, 7), contents.add(bytes("x"))));
        draft.makeFolder("shared", owned(02775, 0, 50));
        String id =
                store.layers().addWithContents(draft.toRoot(), contents.finish().orElseThrow());
        root = store.layers().load(id);
        tree = folder.resolve("tree");
        copy = store.copy(root, tree, Privileges.NONE);
        // As long as it takes to start a process: the clock of the kernel's files is a coarse one.
        Thread.sleep(20);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Attributes owned(int mode, long uid, long gid) {
        return new Attributes(mode, uid, gid, OLD, new TreeMap<>());
    }

    private static Attributes capable(int mode) {
        return owned(mode, 0, 0).withXattrs(new TreeMap<>(Map.of(Attributes.CAPABILITY, Bytes.utf8("rights"))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Directory changes() throws IOException, InterruptedException {
        try (NewContents contents = new NewContents(store.temp())) {
            Directory layer = copy.changes(AS_FOUND, contents);
            var bytes = contents.finish();
            String id = bytes.isPresent()
                    ? store.layers().addWithContents(layer, bytes.get())
                    : store.layers().add(layer);
            return store.layers().load(id);
        }
    }

    private List<String> listChanges() throws IOException, InterruptedException {
        return Listing.of(changes(), store);
    }

    @Test
    void whatNobodyTouchedIsNoChange() throws Exception {
        assertThat(tree.resolve("data/a")).hasContent("old");
        assertThat(Files.readAttributes(tree.resolve("data/disk"), "unix:mode,uid"))
                .containsEntry("mode", 0100660)
                .containsEntry("uid", Files.getAttribute(folder, "unix:uid"));
        assertThat(Files.getLastModifiedTime(tree.resolve("data/a"))).isEqualTo(FileTime.from(OLD));
        assertThat(listChanges()).isEmpty();
    }

    @Test
    void touchingAndPuttingBackIsNoChange() throws Exception {
        Path file = tree.resolve("data/a");
        Files.writeString(file, "new");
        Files.writeString(file, "old");
        Files.setLastModifiedTime(file, FileTime.from(OLD));
        Files.move(tree.resolve("data/secret"), tree.resolve("elsewhere"));
        Files.move(tree.resolve("elsewhere"), tree.resolve("data/secret"));
        assertThat(listChanges()).isEmpty();
    }

    @Test
    void aChangedFileKeepsItsOwnerAndItsNames() throws Exception {
        Files.writeString(tree.resolve("data/a"), "new");
        assertThat(listChanges()).containsExactly("data/ 755 33:33", "data/a 644 33:34 new", "data/b = data/a");
    }

    @Test
    void aMovedFileIsWhatItWas() throws Exception {
        Files.move(tree.resolve("data/program"), tree.resolve("moved"));
        Files.move(tree.resolve("data/secret"), tree.resolve("data/told"));
        Files.move(tree.resolve("data/disk"), tree.resolve("disk"));
        Directory layer = changes();
        assertThat(Listing.of(layer, store))
                .containsExactly(
                        "data/ 755 33:33",
                        "data/disk gone",
                        "data/program gone",
                        "data/secret gone",
                        "data/told 0 33:33 hidden",
                        "disk 660 0:6 BLOCK_DEVICE 8:1",
                        "moved 755 code");
        Attributes moved =
                Layers.apply(root, layer).child("moved").orElseThrow().attributes();
        assertThat(moved).isEqualTo(capable(0755));
    }

    @Test
    void aFileThatReplacesAnotherIsNew() throws Exception {
        Path file = tree.resolve("data/secret");
        Files.delete(file);
        // It may well be given the number that the other one had.
        Files.writeString(file, "hidden");
        assertThat(listChanges()).containsExactly("data/ 755 33:33", "data/secret 644 hidden");
    }

    @Test
    void theNextStepGoesOnWithTheTree() throws Exception {
        Files.writeString(tree.resolve("data/a"), "new");
        Files.move(tree.resolve("data/disk"), tree.resolve("disk"));
        Files.delete(tree.resolve("data/program"));
        root = Layers.apply(root, changes());
        copy = CopiedTree.existing(root, tree, Privileges.NONE);
        Thread.sleep(20);
        assertThat(listChanges()).isEmpty();

        Files.writeString(tree.resolve("data/b"), "newer");
        Files.delete(tree.resolve("disk"));
        assertThat(listChanges())
                .containsExactly("data/ 755 33:33", "data/a 644 33:34 newer", "data/b = data/a", "disk gone");
    }

    @Test
    void aTreeThatLacksAFileIsNotTaken() throws Exception {
        Files.delete(tree.resolve("data/program"));

        assertThatThrownBy(() -> CopiedTree.existing(root, tree, Privileges.NONE))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void trueOwnersAreWhatTheFilesSay() throws Exception {
        assumeTrue(store.privileges().owners(), "needs root");
        tree = folder.resolve("owned");
        copy = store.copy(root, tree, new Privileges(true, false, false, false));
        Thread.sleep(20);
        assertThat(Files.getAttribute(tree.resolve("data/a"), "unix:gid")).isEqualTo(34);
        assertThat(listChanges()).isEmpty();

        Files.setAttribute(tree.resolve("data/a"), "unix:uid", 7);
        Files.writeString(tree.resolve("data/secret"), "told");
        Files.setAttribute(Files.writeString(tree.resolve("shared/new"), "x"), "unix:uid", 8);
        assertThat(listChanges())
                .containsExactly(
                        "data/ 755 33:33",
                        "data/a 644 7:34 old",
                        "data/b = data/a",
                        "data/secret 0 33:33 told",
                        "shared/ 2775 0:50",
                        "shared/new 644 8:50 x");
    }

    @Test
    void whoWritesToAProgramTakesAwayItsRights() throws Exception {
        Files.writeString(tree.resolve("data/program"), "other");
        assertThat(changes()
                        .child("data")
                        .map(Directory.class::cast)
                        .orElseThrow()
                        .child("program")
                        .orElseThrow()
                        .attributes()
                        .xattrs())
                .isEmpty();
    }

    @Test
    void newFilesOfEveryKindAreRoots() throws Exception {
        Files.createDirectories(tree.resolve("n/sub"));
        Files.writeString(tree.resolve("n/f"), "1");
        Files.createLink(tree.resolve("n/g"), tree.resolve("n/f"));
        Files.createSymbolicLink(tree.resolve("n/l"), Path.of("../data"));
        Posix.get().makeNode(tree.resolve("n/p"), Posix.FIFO | 0644, 0, 0);
        Files.writeString(tree.resolve("shared/f"), "2");
        assertThat(listChanges())
                .containsExactly(
                        "n/ 755",
                        "n/f 644 1",
                        "n/g = n/f",
                        "n/l -> ../data",
                        "n/p 644 FIFO 0:0",
                        "n/sub/ 755",
                        "shared/ 2775 0:50",
                        "shared/f 644 0:50 2");
    }

    @Test
    void aNewNameForAnOldFileIsACopyOfItInTheLayer() throws Exception {
        Files.createLink(tree.resolve("data/c"), tree.resolve("data/a"));
        assertThat(listChanges()).containsExactly("data/ 755 33:33", "data/c 644 33:34 old");
    }

    @Test
    void aKindCanChange() throws Exception {
        Folders.delete(tree.resolve("closed"));
        Files.writeString(tree.resolve("closed"), "file");
        Files.delete(tree.resolve("data/a"));
        Files.createDirectory(tree.resolve("data/a"));
        assertThat(listChanges()).containsExactly("closed 644 file", "data/ 755 33:33", "data/a/ 755");
    }

    @Test
    void modesAndTimesAreChangesAndOwnersStay() throws Exception {
        Files.setAttribute(tree.resolve("data"), "unix:mode", 0700);
        Files.setAttribute(tree.resolve("data/secret"), "unix:mode", 0600);
        Posix.get().setModified(tree.resolve("data/pipe"), Instant.EPOCH);
        assertThat(listChanges())
                .containsExactly("data/ 700 33:33", "data/pipe 600 5:6 FIFO 0:0", "data/secret 600 33:33 hidden");
    }
}
