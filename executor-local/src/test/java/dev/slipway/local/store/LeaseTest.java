package dev.slipway.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.store.Lease.Epoch;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.local.store.folder.TrustedOwners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

    @TempDir
    private Path home;

    private StoreFolder folder;
    private TempFolder temp;
    private Lease lease;

    @BeforeEach
    void open() throws Exception {
        folder = StoreFolder.open(home, TrustedOwners.NONE);
        temp = TempFolder.open(folder.of(Part.TEMP), folder.lock("temp", "open"));
        lease = new Lease(folder, temp.folder());
    }

    @AfterEach
    void close() {
        temp.close();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(temp.folder())) {
            return files.count();
        }
    }

    @Test
    void whatOneBuildUsesGoesWithIt() throws Exception {
        Epoch build = lease.enter();
        lease.keep("a");
        assertThat(Leases.read(folder)).containsExactly("a");
        lease.leave(build);
        assertThat(Leases.read(folder)).isEmpty();
        assertThat(files()).isZero();
    }

    @Test
    void whatEarlierOnesUsedGoesWhileAlwaysSomeBuildRuns() throws Exception {
        Deque<Epoch> running = new ArrayDeque<>();
        running.add(lease.enter());
        for (int i = 0; i < 1000; i++) {
            running.add(lease.enter());
            lease.keep(List.of("shared", "of " + i));
            assertThat(Leases.read(folder)).contains("shared", "of " + i, "of " + Math.max(0, i - 1));
            assertThat(Leases.read(folder)).hasSizeLessThan(6);
            assertThat(files()).isLessThanOrEqualTo(2);
            lease.leave(running.remove());
        }
        running.forEach(lease::leave);
        assertThat(files()).isZero();
    }

    @Test
    void aBuildThatRunsLongKeepsWhatWasUsedMeanwhileInTwoFiles() throws Exception {
        Epoch build = lease.enter();
        for (int i = 0; i < 100; i++) {
            Epoch other = lease.enter();
            lease.keep("of " + i);
            lease.leave(other);
        }
        assertThat(Leases.read(folder)).hasSize(100);
        assertThat(files()).isLessThanOrEqualTo(2);
        lease.leave(build);
        assertThat(files()).isZero();
    }

    /** A build that runs while something is kept may use it, whoever has asked for it. */
    @Test
    void whatRunningBuildsMayUseIsNeverGivenUp() throws Exception {
        long seed = System.nanoTime();
        System.out.println("LeaseTest seed " + seed);
        Random random = new Random(seed);
        record Build(Epoch epoch, Set<String> mayUse) {}
        List<Build> running = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            int choice = random.nextInt(4);
            if (choice == 0 && running.size() < 8) {
                running.add(new Build(lease.enter(), new HashSet<>()));
            } else if (choice == 1 && !running.isEmpty()) {
                lease.leave(running.remove(random.nextInt(running.size())).epoch);
            } else if (!running.isEmpty()) {
                String id = Integer.toString(random.nextInt(40));
                lease.keep(id);
                running.forEach(build -> build.mayUse.add(id));
            }
            Set<String> kept = Leases.read(folder);
            running.forEach(build -> assertThat(kept).containsAll(build.mayUse));
            if (running.isEmpty()) {
                assertThat(kept).isEmpty();
            }
        }
    }

    @Test
    void whatAKilledProcessUsedIsNotKept() throws Exception {
        lease.enter();
        lease.keep("a");
        assertThat(Leases.read(folder)).containsExactly("a");
        // What a kill leaves: the files, and a lock that nobody holds.
        Path left = folder.of(Part.TEMP).resolve("left");
        Files.createDirectories(left);
        Files.copy(temp.folder().resolve(Lease.PREFIX + 1), left.resolve(Lease.PREFIX + 1));
        Files.createFile(left.resolveSibling("left" + TempFolder.LOCK_SUFFIX));
        temp.close();
        assertThat(Leases.read(folder)).isEmpty();
    }
}
