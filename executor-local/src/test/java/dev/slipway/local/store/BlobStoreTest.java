package dev.slipway.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.InvalidImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobStoreTest {

    private static final byte[] CONTENT = "what it should be".getBytes(StandardCharsets.UTF_8);
    private static final Descriptor BLOB = Descriptor.of("text/plain", Digest.sha256(CONTENT), CONTENT.length);

    @TempDir
    Path home;

    @Test
    void aBlobThatWasReadBeforeIsReadAgain() throws Exception {
        try (Store store = storeWithBlob()) {
            Thread.sleep(2_100);
            assertThat(read(store)).isEqualTo(CONTENT);
            assertThat(read(store)).isEqualTo(CONTENT);
        }
    }

    @Test
    void damageIsFoundThoughTheBlobWasReadBefore() throws Exception {
        try (Store store = storeWithBlob()) {
            // By now a change of the file changes its times, whatever the clock of the file system.
            Thread.sleep(2_100);
            assertThat(read(store)).isEqualTo(CONTENT);
            Path file = store.blobs().path(BLOB);
            FileTime modified = Files.getLastModifiedTime(file);

            Files.write(file, "what it shouldn't".getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(file, modified);

            assertThatThrownBy(() -> read(store)).isInstanceOf(InvalidImageException.class);
        }
    }

    @Test
    void damageAtOnceAfterReadingIsFound() throws Exception {
        try (Store store = storeWithBlob()) {
            assertThat(read(store)).isEqualTo(CONTENT);

            Files.write(store.blobs().path(BLOB), "what it shouldn't".getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> read(store)).isInstanceOf(InvalidImageException.class);
        }
    }

    private Store storeWithBlob() throws IOException, InterruptedException {
        Store store = Store.open(home, TrustedOwners.NONE);
        store.blobs().fetch(BLOB, descriptor -> new ByteArrayInputStream(CONTENT));
        return store;
    }

    private static byte[] read(Store store) throws IOException {
        try (InputStream in = store.blobs().open(BLOB)) {
            return in.readAllBytes();
        }
    }
}
