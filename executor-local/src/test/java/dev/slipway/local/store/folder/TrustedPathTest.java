package dev.slipway.local.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.StoreFolder.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class TrustedPathTest {

    private static final int OTHER = 54321;

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = make(temp.toRealPath().resolve("folder"), "rwxr-xr-x");
    }

    private static Path make(Path path, String permissions) throws IOException {
        Files.createDirectory(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void give(Path path, int user) throws IOException {
        assumeTrue(OwnIds.read().isRoot(), "only root gives files away");
        Files.setAttribute(path, "unix:uid", user, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    }

    private static void open(Path home, TrustedOwners trusted) throws InterruptedException {
        Store.open(home, trusted).close();
    }

    private static void assertRefused(Path home, String message) {
        assertThatThrownBy(() -> open(home, TrustedOwners.NONE))
                .isInstanceOf(ExecutorException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aStoreBelowAFolderOfAnotherUserIsRefusedBeforeAnythingIsMade() throws Exception {
        give(folder, OTHER);
        Path home = folder.resolve("a/store");

        assertThatThrownBy(() -> open(home, TrustedOwners.NONE))
                .hasMessage("cannot use the store " + home + ": " + folder
                        + ": it belongs to the user 54321, and so others could change what is kept and run from there;"
                        + " name a folder of your own in SLIPWAY_HOME; or if this user can be trusted, set"
                        + " SLIPWAY_STORE_TRUSTED_OWNERS=54321, or the option store.trusted-owners to 54321");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aStoreOfAnotherUserIsRefusedWhereverItIs() throws Exception {
        for (String part : new String[] {"store", "store/v1", "store/v1/machine", "store/v1/blobs"}) {
            Path place = make(folder.resolve(part.replace('/', '-')), "rwxr-xr-x");
            open(place.resolve("store"), TrustedOwners.NONE);
            give(place.resolve(part), OTHER);

            assertRefused(place.resolve("store"), place.resolve(part) + ": it belongs to the user 54321");
        }
    }

    @Test
    void aFolderThatOthersMayWriteToIsRefused() throws Exception {
        Path home = folder.resolve("store");
        open(home, TrustedOwners.NONE);
        for (Path path : new Path[] {folder, home, home.resolve("v1"), home.resolve("v1/temp")}) {
            var before = Files.getPosixFilePermissions(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xrwx"));
            assertRefused(home, path + ": it is writable by everyone");
            assertRefused(home, "remove that right (chmod go-w " + path + ")");
            Files.setPosixFilePermissions(path, before);
        }
        open(home, TrustedOwners.NONE);
    }

    @Test
    void aFolderThatOthersOfAGroupMayWriteToIsRefused() throws Exception {
        assumeTrue(OwnIds.read().isRoot(), "only root gives files away");
        Files.setAttribute(folder, "unix:gid", OTHER);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertRefused(folder.resolve("store"), folder + ": it is writable by the group 54321");
        assertThatCode(() -> open(folder.resolve("store"), TrustedOwners.parse(":54321")))
                .doesNotThrowAnyException();
    }

    @Test
    void whoIsTrustedMayOwnFolders() throws Exception {
        give(folder, OTHER);
        Path home = folder.resolve("store");
        open(home, TrustedOwners.parse("nobody-knows, 54321"));
        assertThatThrownBy(() -> open(home, TrustedOwners.parse(":54321"))).hasMessageContaining("belongs to the user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> open(home, TrustedOwners.parse("54321"))).hasMessageContaining("by everyone");
        open(home, TrustedOwners.parse("all"));
    }

    @Test
    void whereEverybodyMayWriteButNotToWhatIsOthersTheStoreMayBeButNotWhatItHolds() throws Exception {
        Path sticky = Files.createDirectory(folder.resolve("sticky"));
        Files.setAttribute(sticky, "unix:mode", 01777);

        open(sticky.resolve("store"), TrustedOwners.NONE);
        assertRefused(sticky, sticky + ": it is writable by everyone");
        give(sticky.resolve("store"), OTHER);
        assertRefused(sticky.resolve("store"), "belongs to the user 54321");
    }

    @Test
    void linksAreFollowedAndTheirOwnersCountToo() throws Exception {
        Path home = make(folder.resolve("home"), "rwx------");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("../folder/./home"));
        open(link.resolve("store"), TrustedOwners.NONE);
        assertThat(home.resolve("store/v1")).isDirectory();

        Path open = make(folder.resolve("open"), "rwxrwxrwx");
        make(open.resolve("inner"), "rwx------");
        Path into = Files.createSymbolicLink(folder.resolve("into"), open.resolve("inner"));
        assertRefused(into, open + ": it is writable by everyone");
        Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
        assertRefused(folder.resolve("self"), "too many links");

        give(link, OTHER);
        assertRefused(link.resolve("store"), link + ": it belongs to the user 54321");
    }

    @Test
    void newFoldersAreClosedToOthers() throws Exception {
        Path home = folder.resolve("a/b");
        StoreFolder store = StoreFolder.open(home, TrustedOwners.NONE);
        for (Path path : new Path[] {folder.resolve("a"), home, home.resolve("v1"), store.of(Part.TREES)}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as(path.toString())
                    .isEqualTo("rwx------");
        }
    }
}
