package dev.slipway.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.Result;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TrustedOwners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {

    private static final Snapshot SNAPSHOT =
            new Snapshot(List.of(Digest.sha256("a").hex(), Digest.sha256("b").hex()));

    @TempDir
    Path home;

    @Test
    void whicheverBitOfAListOfLayersIsDamagedItIsNoLongerThereAndIsWrittenAnew() throws Exception {
        try (Store store = Store.open(home, TrustedOwners.NONE)) {
            Result result = store.roots().save(SNAPSHOT);
            Path file = store.folder().of(Part.SNAPSHOTS).resolve(result.id());
            byte[] bytes = Files.readAllBytes(file);
            // The last byte ends the last line, with or without which the list is the same.
            for (int i = 0; i < (bytes.length - 1) * Byte.SIZE; i++) {
                byte[] damaged = bytes.clone();
                damaged[i / Byte.SIZE] ^= (byte) (1 << i % Byte.SIZE);
                Files.write(file, damaged);

                assertThatThrownBy(() -> store.roots().snapshot(result))
                        .isInstanceOf(IOException.class)
                        .hasMessage("result " + result.id() + " is not in the store; build again");
                assertThat(store.roots().has(List.of(result))).isFalse();
                store.roots().save(SNAPSHOT);
                assertThat(store.roots().snapshot(result)).isEqualTo(SNAPSHOT);
            }
        }
    }

    @Test
    void aRootOfOneLayerHasItsNameAndNeedsNoFile() throws Exception {
        Snapshot snapshot = new Snapshot(List.of(Digest.sha256("a").hex()));
        try (Store store = Store.open(home, TrustedOwners.NONE)) {
            assertThat(store.roots().save(snapshot).id())
                    .isEqualTo(Digest.sha256("a").hex());

            assertThat(store.roots().snapshot(snapshot.result())).isEqualTo(snapshot);
            assertThat(store.folder().of(Part.SNAPSHOTS)).isEmptyDirectory();
        }
    }
}
