package dev.slipway.local.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.local.store.folder.StoreFolder.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StoreFolderTest {

    @TempDir
    private Path home;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void otherUsersFindNothingInIt() throws IOException {
        StoreFolder folder = StoreFolder.open(home.resolve("home"), TrustedOwners.NONE);
        Set<PosixFilePermission> entered = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_EXECUTE);
        for (Part part : Part.values()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder.of(part));
            if (part == Part.TEMP || part == Part.MACHINE) {
                assertThat(permissions).as(part.name()).isSubsetOf(entered);
            } else {
                assertThat(permissions)
                        .as(part.name())
                        .containsExactlyInAnyOrder(
                                PosixFilePermission.OWNER_READ,
                                PosixFilePermission.OWNER_WRITE,
                                PosixFilePermission.OWNER_EXECUTE);
            }
        }
    }

    @Test
    void aFileInPlaceOfAFolderIsNamed() throws IOException {
        Path file = Files.createDirectories(home.resolve("v1")).resolve("trees");
        Files.writeString(file, "");
        assertThatThrownBy(() -> StoreFolder.open(home, TrustedOwners.NONE))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is not a folder");
    }
}
