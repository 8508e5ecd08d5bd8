package dev.slipway.benchmark;

import dev.slipway.benchmark.Work.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Measures every work on every engine. Engines take turns, so that whatever else the machine does falls on all of them; a work
 * that fails on a peer leaves its cell empty and says why.
 */
final class Comparison {

    private static final double NANOS = 1e9;

    private final List<Work> works;
    private final List<Engine> engines;
    private final Contexts contexts;
    private final Path base;
    private final Path archive;
    private final Figures figures = new Figures();
    private final Set<String> failures = new LinkedHashSet<>();

    /**
     * @param base the OCI layout that {@code alpine} stands for
     * @param archive where archives are written
     */
    Comparison(List<Work> works, List<Engine> engines, Contexts contexts, Path base, Path archive) {
        this.works = works;
        this.engines = engines;
        this.contexts = contexts;
        this.base = base;
        this.archive = archive;
    }

    Figures figures() {
        return figures;
    }

    /** What failed, and how it was said. */
    Set<String> failures() {
        return failures;
    }

    /** Measures each work so many times on each engine. */
    void run(int rounds) throws IOException, InterruptedException {
        Set<String> names = new LinkedHashSet<>();
        works.forEach(work -> names.add(work.context()));
        for (String context : names) {
            List<Work> same =
                    works.stream().filter(work -> work.context().equals(context)).toList();
            for (Engine engine : engines) {
                warmUp(engine, same);
            }
            for (int round = 0; round < rounds; round++) {
                for (Engine engine : engines) {
                    perform(engine, same, true);
                }
            }
        }
    }

    private void warmUp(Engine engine, List<Work> same) throws IOException, InterruptedException {
        perform(engine, same, false);
        for (Work work : same) {
            for (int i = 0; work.state() == State.UNCHANGED && i < engine.warmUps(); i++) {
                tryOnce(engine, work);
            }
        }
    }

    private void tryOnce(Engine engine, Work work) throws IOException, InterruptedException {
        try {
            engine.build(job(work));
        } catch (IOException e) {
            failures.add(engine.name() + ": " + e.getMessage());
        }
    }

    private void perform(Engine engine, List<Work> same, boolean measured) throws IOException, InterruptedException {
        try {
            engine.forget();
            if (same.get(0).state() != State.COLD) {
                engine.build(job(same.get(0)));
            }
            for (Work work : same) {
                double worked = ProcessorTime.seconds();
                double seconds = seconds(engine, work);
                worked = ProcessorTime.seconds() - worked;
                if (measured) {
                    figures.add(work.name(), engine.name(), seconds);
                    figures.add(work.name(), engine.name() + ", processor", worked);
                    System.err.printf("%-40s %-10s %8.3f s %8.2f s%n", work.name(), engine.name(), seconds, worked);
                }
            }
        } catch (IOException e) {
            failures.add(engine.name() + ": " + e.getMessage());
        }
    }

    private double seconds(Engine engine, Work work) throws IOException, InterruptedException {
        Optional<Path> added = Optional.empty();
        if (work.state() == State.ONE_FILE_ADDED) {
            Path file = contexts.of(work.context()).resolve("src/added");
            added = Optional.of(Files.writeString(file, "one more\n"));
        }
        try {
            Job job = job(work);
            long start = System.nanoTime();
            engine.build(job);
            return (System.nanoTime() - start) / NANOS;
        } finally {
            if (added.isPresent()) {
                Files.delete(added.get());
            }
        }
    }

    /** An archive of an earlier build is not in the way: some engines would append to it, others replace it. */
    private Job job(Work work) throws IOException {
        Files.deleteIfExists(archive);
        return new Job(
                contexts.of(work.context()),
                base,
                work.platforms(),
                work.export() ? Optional.of(archive) : Optional.empty());
    }

    /** One line for each work, and one for memory. */
    Table table() {
        Table table = new Table();
        List<String> head = new ArrayList<>(List.of("work"));
        engines.forEach(engine -> head.add(engine.name()));
        head.addAll(List.of("library / peer", "to reach", "command / peer", "to reach"));
        table.add(head);
        for (Work work : works) {
            table.add(line(work));
        }
        List<String> memory = new ArrayList<>(List.of("peak memory over all of these"));
        for (Engine engine : engines) {
            var peak = engine.peakMemory();
            memory.add(peak.isPresent() ? peak.getAsLong() / 1_000_000 + " MB" : "");
        }
        memory.addAll(List.of("", "300 MB", "", "300 MB"));
        table.add(memory);
        return table;
    }

    private List<String> line(Work work) {
        List<String> cells = new ArrayList<>(List.of(work.name()));
        for (Engine engine : engines) {
            cells.add(figures.median(work.name(), engine.name())
                    .map(seconds -> String.format("%.3f s", seconds))
                    .orElse("-"));
        }
        // The client of the same name is the leaner one.
        Optional<Double> peer = figures.median(work.name(), "BuildKit").or(() -> figures.median(work.name(), "buildx"));
        cells.add(ratio(figures.median(work.name(), "library"), peer));
        cells.add(target(work.libraryTarget()));
        Optional<Double> buildx = figures.median(work.name(), "buildx").or(() -> peer);
        cells.add(ratio(figures.median(work.name(), "command"), work.state() == State.COLD ? peer : buildx));
        cells.add(target(work.commandTarget()));
        return cells;
    }

    private static String ratio(Optional<Double> own, Optional<Double> peer) {
        return own.isPresent() && peer.isPresent() ? String.format("%.2f", own.get() / peer.get()) : "-";
    }

    private static String target(double target) {
        return Double.isNaN(target) ? "" : String.format("%.1f", target);
    }
}
