package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.executor.cache.CacheEntry;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store is collected by itself when builds end, and no build is harmed by it. */
@Tag("end-to-end")
class AutomaticCollectionTest {

    private static final Map<String, String> AT_ONCE = Map.of("gc.interval", "0s");
    private static final Map<String, String> NOTHING_STAYS =
            Map.of("gc.interval", "0s", "gc.max-used-space", "1B", "gc.reserved-space", "0B");

    @TempDir
    private Path folder;

    private BuildRequest request(String name) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context-" + name));
        Files.writeString(context.resolve("data"), ("content of " + name + "\n").repeat(1000));
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM scratch AS one\nCOPY data /" + name + "\nFROM scratch\nCOPY --from=one / /all\n");
        return BuildRequest.of(context);
    }

    private static List<String> steps(Slipway slipway) throws InterruptedException {
        return slipway.cacheEntries().stream().map(CacheEntry::description).toList();
    }

    @Test
    void whatWasNotUsedForSixtyDaysGoesAfterTheNextBuild() throws Exception {
        Path home = folder.resolve("home");
        try (Slipway slipway = Slipway.open(home, AT_ONCE)) {
            slipway.build(request("old"), Progress.none());
            slipway.build(request("recent"), Progress.none());
        }
        Map<String, Duration> ages = Map.of("old", Duration.ofDays(61), "recent", Duration.ofDays(59));
        try (var records = Files.newDirectoryStream(home.resolve("v1/records"))) {
            for (Path record : records) {
                String text = Files.readString(record);
                for (var age : ages.entrySet()) {
                    if (text.contains("COPY data /" + age.getKey())) {
                        Instant used = Instant.now().minus(age.getValue());
                        Files.setLastModifiedTime(record, java.nio.file.attribute.FileTime.from(used));
                    }
                }
            }
        }
        try (Slipway slipway = Slipway.open(home, Map.of("gc", "false", "gc.interval", "0s"))) {
            slipway.build(request("new"), Progress.none());
            assertThat(steps(slipway)).as("collection is off").anyMatch(step -> step.contains("COPY data /old"));
        }
        try (Slipway slipway = Slipway.open(home, AT_ONCE)) {
            slipway.build(request("new"), Progress.none());
        }
        try (Slipway slipway = Slipway.open(home)) {
            assertThat(steps(slipway))
                    .anyMatch(step -> step.contains("COPY data /new"))
                    .anyMatch(step -> step.contains("COPY data /recent"))
                    .noneMatch(step -> step.contains("COPY data /old"));
        }
    }

    @Test
    void buildsBesideCollectionsThatTakeEverythingComeOutRight() throws Exception {
        Path home = folder.resolve("home");
        Map<String, BuildRequest> requests = new HashMap<>();
        for (String name : List.of("a", "b", "c")) {
            requests.put(name, request(name));
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (Slipway slipway = Slipway.open(home, NOTHING_STAYS);
                Slipway other = Slipway.open(home, NOTHING_STAYS)) {
            List<Future<?>> builds = new ArrayList<>();
            requests.forEach((name, request) -> builds.add(threads.submit(() -> {
                for (int i = 0; i < 10; i++) {
                    Path out = folder.resolve("out-" + name + i);
                    (i % 2 == 0 ? slipway : other).build(request.output(Output.localDirectory(out)), Progress.none());
                    assertThat(out.resolve("all/" + name)).hasContent(("content of " + name + "\n").repeat(1000));
                }
                return null;
            })));
            for (Future<?> build : builds) {
                build.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (Slipway slipway = Slipway.open(home)) {
            assertThat(slipway.cacheEntries().stream()
                            .filter(entry -> entry.type() == CacheEntry.Type.REGULAR)
                            .toList())
                    .as("the last collection came after the last build")
                    .isEmpty();
        }
    }
}
