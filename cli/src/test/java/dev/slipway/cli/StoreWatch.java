package dev.slipway.cli;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sees what is put into parts of a store by whichever process, each time that it is: also what only takes another's place. */
final class StoreWatch implements AutoCloseable {

    private final WatchService service;
    private final Map<WatchKey, String> parts = new HashMap<>();
    private final Map<String, List<String>> made = new HashMap<>();

    StoreWatch(Path store, String... names) throws IOException {
        service = FileSystems.getDefault().newWatchService();
        for (String name : names) {
            parts.put(store.resolve(name).register(service, StandardWatchEventKinds.ENTRY_CREATE), name);
        }
    }

    /** The names of all that came into a part so far, each as often as it came. */
    synchronized List<String> made(String part) {
        parts.forEach((key, name) -> {
            for (WatchEvent<?> event : key.pollEvents()) {
                if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                    throw new AssertionError("too much was made to be counted");
                }
                made.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(event.context().toString());
            }
            key.reset();
        });
        return List.copyOf(made.getOrDefault(part, List.of()));
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
