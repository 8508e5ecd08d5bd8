package dev.slipway.benchmark;

import dev.slipway.benchmark.Work.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Measures every work on every engine. Engines take turns, so that whatever else the machine does falls on all of them; a work
 * that fails on a peer leaves its cell empty and says why.
 */
final class Comparison {

    private static final double NANOS = 1e9;
    private static final double SLOW_SECONDS = 60;
    private static final long MEGABYTE = 1_000_000;
    private static final long MEMORY_TARGET = 300 * MEGABYTE;
    private static final String BUILDKIT = "BuildKit";

    private final List<Work> works;
    private final List<Engine> engines;
    private final Contexts contexts;
    private final Path base;
    private final Path archive;
    private final Program program = new Program();
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

    /**
     * Measures each work so many times on each engine. An engine that fails on a context is not tried again on it, and what it
     * takes a minute for is measured once.
     */
    void run(int rounds) throws IOException, InterruptedException {
        Set<String> names = new LinkedHashSet<>();
        works.forEach(work -> names.add(work.context()));
        for (String context : names) {
            List<Work> same =
                    works.stream().filter(work -> work.context().equals(context)).toList();
            List<Engine> quick = new ArrayList<>();
            for (Engine engine : engines) {
                if (warmUp(engine, same)) {
                    quick.add(engine);
                }
            }
            for (int round = 0; round < rounds; round++) {
                for (Engine engine : quick) {
                    perform(engine, same).forEach(this::keep);
                }
            }
        }
    }

    /** Returns whether the engine is to be measured in rounds. */
    private boolean warmUp(Engine engine, List<Work> same) throws IOException, InterruptedException {
        List<Measured> first = perform(engine, same);
        double seconds = first.stream().mapToDouble(Measured::seconds).sum();
        if (first.size() < same.size() || seconds > SLOW_SECONDS) {
            first.forEach(this::keep);
            return false;
        }
        for (Work work : same) {
            for (int i = 0; work.state() == State.UNCHANGED && i < engine.warmUps(); i++) {
                engine.build(job(work));
            }
        }
        return true;
    }

    /**
     * What a work took.
     *
     * @param seconds the time that passed
     * @param worked the time that processors worked; of an engine with a daemon, for its client
     */
    private record Measured(Engine engine, Work work, double seconds, double worked) {}

    /** Does works that are about one context, as far as the engine can. */
    private List<Measured> perform(Engine engine, List<Work> same) throws IOException, InterruptedException {
        List<Measured> all = new ArrayList<>();
        try {
            engine.forget();
            if (same.get(0).state() != State.COLD) {
                engine.build(job(same.get(0)));
            }
            for (Work work : same) {
                // What others wrote is on its way to the disk, and would hold up the next.
                program.run(List.of("sync"));
                double worked = ProcessorTime.seconds();
                double seconds = seconds(engine, work);
                all.add(new Measured(engine, work, seconds, ProcessorTime.seconds() - worked));
            }
        } catch (IOException e) {
            failures.add(engine.name() + ": " + e.getMessage());
        }
        return all;
    }

    private void keep(Measured one) {
        String work = one.work().name();
        String engine = one.engine().name();
        figures.add(work, engine, one.seconds());
        figures.add(work, engine + ", processor", one.worked());
        System.err.printf("%-40s %-10s %8.3f s %8.2f s%n", work, engine, one.seconds(), one.worked());
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
        head.addAll(List.of("library / " + BUILDKIT, "command / peer"));
        table.add(head);
        for (Work work : works) {
            table.add(line(work));
        }
        List<String> memory = new ArrayList<>(List.of("peak memory over all of these"));
        for (Engine engine : engines) {
            memory.add(megabytes(engine.peakMemory()));
        }
        memory.add(memory("library"));
        memory.add(memory("command"));
        table.add(memory);
        return table;
    }

    private List<String> line(Work work) {
        List<String> cells = new ArrayList<>(List.of(work.name()));
        for (Engine engine : engines) {
            cells.add(figures.text(work.name(), engine.name()));
        }
        cells.add(ratio(work, "library", BUILDKIT, work.libraryTarget()));
        cells.add(ratio(work, "command", work.commandPeer(), work.commandTarget()));
        return cells;
    }

    private String ratio(Work work, String own, String peer, double target) {
        Optional<Double> mine = figures.median(work.name(), own);
        Optional<Double> theirs = figures.median(work.name(), peer);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return "-";
        }
        double ratio = mine.get() / theirs.get();
        String text = String.format("%.2f", ratio) + (peer.equals(BUILDKIT) ? "" : " of " + peer);
        return Double.isNaN(target)
                ? text
                : text + String.format(" (%.1f: %s)", target, ratio <= target ? "reached" : "MISSED");
    }

    private String memory(String own) {
        for (Engine engine : engines) {
            if (engine.name().equals(own) && engine.peakMemory().isPresent()) {
                boolean reached = engine.peakMemory().getAsLong() <= MEMORY_TARGET;
                return megabytes(engine.peakMemory()) + " (" + MEMORY_TARGET / MEGABYTE + " MB: "
                        + (reached ? "reached" : "MISSED") + ")";
            }
        }
        return "-";
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isPresent() ? bytes.getAsLong() / MEGABYTE + " MB" : "-";
    }
}
