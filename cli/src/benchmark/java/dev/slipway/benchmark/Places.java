package dev.slipway.benchmark;

import dev.slipway.executor.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where images go. */
final class Places {

    private final Path archive;
    private final Path layouts;
    private final LocalRegistry registry;
    private int count;

    /**
     * @param work where files are written
     * @param registry where images are pushed to
     */
    Places(Path work, LocalRegistry registry) {
        this.archive = work.resolve("image.tar");
        this.layouts = work.resolve("layouts");
        this.registry = registry;
    }

    /** Makes places in which nothing has been written. */
    void begin() throws IOException {
        Folders.delete(layout());
        count++;
    }

    private Path layout() {
        return layouts.resolve(Integer.toString(count));
    }

    /** An archive of an earlier build is not in the way: some engines would append to it, others replace it. */
    Optional<Output> output(Work.Target target) throws IOException, InterruptedException {
        Files.deleteIfExists(archive);
        return switch (target) {
            case NOTHING -> Optional.empty();
            case ARCHIVE -> Optional.of(Output.ociArchive(archive));
            case ZSTD_ARCHIVE -> Optional.of(Output.ociArchive(archive).with("compression", "zstd"));
            case LAYOUT -> {
                Files.createDirectories(layouts);
                yield Optional.of(Output.ociLayout(layout()));
            }
            case REGISTRY ->
                Optional.of(new Output(
                        "image",
                        Optional.empty(),
                        new TreeMap<>(Map.of("name", registry.host() + "/place" + count + "/app:1", "push", "true"))));
        };
    }
}
