package dev.slipway.local.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupFolderTest {

    private static final int THREADS = 4;
    private static final int GROUPS = 2_000;

    @TempDir
    private Path root;

    /** The folder of all groups comes and goes with them, as it does in a hierarchy of the kernel. */
    @Test
    void groupsAreMadeWhileTheFolderAboveThemIsRemovedByOthers() throws Exception {
        Hierarchy hierarchy = new Hierarchy(root, false, Set.of(), "/");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String name = ProcessHandle.current().pid() + "-" + thread;
                GroupFolder group =
                        new GroupFolder(hierarchy, root.resolve("slipway").resolve(name));
                all.add(threads.submit(() -> {
                    for (int i = 0; i < GROUPS; i++) {
                        group.make(List.of());
                        assertThat(group.path()).isDirectory();
                        group.remove();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Files.exists(root.resolve("slipway"))).isFalse();
    }
}
