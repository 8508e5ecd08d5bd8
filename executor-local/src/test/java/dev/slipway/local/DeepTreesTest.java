package dev.slipway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.executor.cache.PruneRequest;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.LayerDiff;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.store.Snapshot;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.layer.Attributes;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that lie as deep in each other as a path can lead, and deeper. */
class DeepTreesTest {

    private static final int SMALL_STACK = 256 << 10;

    @TempDir
    private Path folder;

    private static Directory nested(int depth) {
        DraftDirectory root = DraftDirectory.ofLayer();
        DraftDirectory next = root;
        for (int i = 0; i < depth; i++) {
            next = next.makeFolder("a", Attributes.DEFAULT_FOLDER);
        }
        return root.toLayer();
    }

    private static <T> T withSmallStack(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        new Thread(null, future, "small", SMALL_STACK).start();
        return future.get();
    }

    private Result add(Store store, int depth) throws Exception {
        return DeepStack.call(() -> {
            String layer = store.layers().add(nested(depth));
            return store.roots().save(new Snapshot(List.of(layer)));
        });
    }

    @Test
    void theDeepestTreeOfAPathIsKeptComparedAndReadAgain() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            Store store = build.executor.store();
            Result result = add(store, DeepStack.MAX_FOLDERS);
            DeepStack.call(() -> {
                Directory root = store.roots().files(result);
                Directory layer = LayerDiff.between(Directory.EMPTY, root);
                assertThat(layer.depth()).isEqualTo(DeepStack.MAX_FOLDERS + 1);
                return null;
            });
        }
    }

    @Test
    void aDeeperOneIsRefusedWithItsPath() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            assertThatThrownBy(() -> add(build.executor.store(), DeepStack.MAX_FOLDERS + 1))
                    .isInstanceOf(ExecutorException.class)
                    .hasMessageStartingWith(
                            "folders are nested more than 2048 deep, which no path on Linux can reach: /a/a/");
        }
    }

    @Test
    void whoHasLittleStackLooksWhatIsInAStoreWithOneAndRemovesIt() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            add(build.executor.store(), 2000);
        }
        try (TestBuild build = new TestBuild(folder)) {
            var cache = build.executor.cache().orElseThrow();
            List<CacheEntry> entries = withSmallStack(cache::entries);
            assertThat(entries).anyMatch(entry -> entry.size() > 20_000);
            assertThat(withSmallStack(() -> cache.prune(PruneRequest.EVERYTHING)))
                    .isNotEmpty();
        }
    }

    @Test
    void aDamagedIndexKeepsNothingElseFromBeingCollected() throws Exception {
        try (TestBuild build = new TestBuild(folder)) {
            add(build.executor.store(), 3);
        }
        Path index;
        try (var files = Files.list(folder.resolve("home/v1/layers"))) {
            index = files.findFirst().orElseThrow();
        }
        // As of a tree that is deeper than any.
        byte[] endless = new byte[1 << 16];
        Arrays.fill(endless, (byte) 1);
        Files.write(index, endless);
        Files.createDirectory(index.resolveSibling("folder"));
        try (TestBuild build = new TestBuild(folder)) {
            var cache = build.executor.cache().orElseThrow();
            assertThat(withSmallStack(cache::entries)).isNotEmpty();
            withSmallStack(() -> cache.prune(PruneRequest.EVERYTHING));
            assertThat(index).doesNotExist();
        }
    }

    @Test
    void aPathThatLinuxCannotHaveIsRefused() {
        String path = "/b".repeat(3000);
        assertThatThrownBy(() -> PathResolver.resolve(Directory.EMPTY, path))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("/b".repeat(40) + "...: the path is too long; Linux takes no more than 4095 bytes");
    }

    @Test
    void foldersDeeperThanAPathLeadsAreDeleted() throws Exception {
        Path top = Files.createDirectory(folder.resolve("top"));
        for (int part = 0; part < 3; part++) {
            Path other = Files.createDirectory(folder.resolve("other"));
            Path inner = other;
            for (int i = 0; i < 800; i++) {
                inner = Files.createDirectory(inner.resolve("a"));
            }
            Files.writeString(inner.resolve("file"), "");
            Files.move(top, inner.resolve("top"));
            Files.move(other, top);
        }

        Folders.delete(top);

        assertThat(Files.exists(top, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }
}
