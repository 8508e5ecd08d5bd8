package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured: seconds, by work and engine. */
final class Figures {

    private final Map<String, Map<String, List<Double>>> seconds = new LinkedHashMap<>();

    void add(String work, String engine, double time) {
        seconds.computeIfAbsent(work, name -> new LinkedHashMap<>())
                .computeIfAbsent(engine, name -> new ArrayList<>())
                .add(time);
    }

    /** The middle of what was measured, if anything was. */
    Optional<Double> median(String work, String engine) {
        List<Double> all = seconds.getOrDefault(work, Map.of()).getOrDefault(engine, List.of());
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.stream().sorted().toList().get(all.size() / 2));
    }

    /** The middle, as it is told. What was not measured in rounds is told as such. */
    String text(String work, String engine) {
        boolean once = seconds.getOrDefault(work, Map.of()).getOrDefault(engine, List.of()).size() == 1;
        return median(work, engine)
                .map(middle -> String.format("%.3f s", middle) + (once ? " (once)" : ""))
                .orElse("-");
    }

    /**
     * Keeps all figures, in the order in which they were measured: work, engine and seconds, with tabs between them. The
     * processor's time of a daemon counts if its processes are known.
     */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        seconds.forEach((work, engines) -> engines.forEach((engine, times) -> {
            text.append(work).append('\t').append(engine);
            times.forEach(time -> text.append('\t').append(String.format("%.4f", time)));
            text.append('\n');
        }));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
