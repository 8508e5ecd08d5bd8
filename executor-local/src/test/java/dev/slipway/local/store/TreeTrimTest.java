package dev.slipway.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerForm;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layer of a step can be the layer of another step upon another root. */
class TreeTrimTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

    @TempDir
    Path home;

    @Test
    void theTreeOfAStepThatChangedNothingHidesNothingUponAnotherRoot() throws Exception {
        try (Store store = Store.open(home, TrustedOwners.NONE)) {
            Path one = tree("one");
            write(one.resolve("etc/name"), "one");
            Files.setPosixFilePermissions(one.resolve("etc"), PosixFilePermissions.fromString("rwx--x--x"));
            Directory below = read(one, Directory.EMPTY, store);
            // Both were copied up for a moment.
            Directory layer = read(one, below, store);
            String id = store.layers().addWithTree(layer, LayerForm.PLAIN, one, below);

            assertThat(layer.size()).isZero();
            assertThat(store.trees().path(id, layer, Directory.EMPTY, StepMonitor.NONE))
                    .isEmptyDirectory();
        }
    }

    @Test
    void aFolderThatWasMadeAnewNamesWhatItHides() throws Exception {
        try (Store store = Store.open(home, TrustedOwners.NONE)) {
            Path old = tree("old");
            write(old.resolve("folder/gone"), "gone");
            Directory below = read(old, Directory.EMPTY, store);
            Path upper = tree("upper");
            write(upper.resolve("folder/new"), "new");
            Files.setLastModifiedTime(upper.resolve("folder"), LONG_AGO);
            Posix.get().setXattr(upper.resolve("folder"), "trusted.overlay.opaque", new byte[] {'y'});
            Directory layer = read(upper, below, store);
            String id = store.layers().addWithTree(layer, LayerForm.PLAIN, upper, below);

            Path folder = store.trees().path(id, layer, below, StepMonitor.NONE).resolve("folder");
            assertThat(Posix.get().xattrs(folder)).isEmpty();
            assertThat(FileStatus.of(folder.resolve("gone")).isWhiteout()).isTrue();
            assertThat(folder.resolve("new")).hasContent("new");
            assertThat(Files.getLastModifiedTime(folder)).isEqualTo(LONG_AGO);
        }
    }

    private Path tree(String name) throws IOException {
        return Files.createDirectory(home.resolve(name));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Directory read(Path upper, Directory below, Store store) throws Exception {
        assumeTrue(store.privileges().equals(Privileges.ALL), "needs root");
        return TreeReader.read(upper, below, new TrueAttributes(store.privileges(), 0, 0));
    }
}
