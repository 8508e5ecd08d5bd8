package dev.slipway.benchmark;

import dev.slipway.benchmark.Work.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
    private static final String BUILDKIT = "BuildKit";
    private static final String JIB = "Jib";

    private final List<Work> works;
    private final List<Engine> engines;
    private final Contexts contexts;
    private final Path base;
    private final Places places;
    private final Figures figures;
    private final long memoryTarget;
    private final Program program = new Program();
    private final Map<String, OptionalLong> memory = new HashMap<>();
    private final Set<String> failures = new LinkedHashSet<>();

    /**
     * @param base the OCI layout that {@code alpine} stands for
     * @param places where images are written
     * @param figures takes up what is measured
     * @param memoryTarget how much memory an engine may have over all works, in megabytes
     */
    Comparison(
            List<Work> works,
            List<Engine> engines,
            Contexts contexts,
            Path base,
            Places places,
            Figures figures,
            long memoryTarget) {
        this.works = works;
        this.engines = engines.stream()
                .filter(engine -> works.stream().anyMatch(engine::builds))
                .toList();
        this.contexts = contexts;
        this.base = base;
        this.places = places;
        this.figures = figures;
        this.memoryTarget = memoryTarget * MEGABYTE;
    }

    /** Whether there is nothing to compare. */
    boolean isEmpty() {
        return works.isEmpty();
    }

    /** What failed, and how it was said. */
    Set<String> failures() {
        return failures;
    }

    /**
     * Measures each work so many times on each engine. An engine that fails is not tried again on what belongs together, and what
     * it takes a minute for is measured once.
     */
    void run(int rounds) throws IOException, InterruptedException {
        engines.forEach(Engine::forgetPeakMemory);
        for (List<Work> same : groups()) {
            List<Engine> quick = new ArrayList<>();
            for (Engine engine : engines) {
                if (same.stream().allMatch(engine::builds) && warmUp(engine, same)) {
                    quick.add(engine);
                }
            }
            for (int round = 0; round < rounds; round++) {
                for (Engine engine : quick) {
                    perform(engine, same).forEach(this::keep);
                }
            }
        }
        engines.forEach(engine -> memory.put(engine.name(), engine.peakMemory()));
    }

    /** Works that are done one after the other, as each finds what the one before has left. */
    private List<List<Work>> groups() {
        List<List<Work>> groups = new ArrayList<>();
        String context = "";
        for (Work work : works) {
            if (work.state() == State.COLD || !work.context().equals(context)) {
                groups.add(new ArrayList<>());
                context = work.context();
            }
            groups.get(groups.size() - 1).add(work);
        }
        return groups;
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
     * @param worked the time that processors worked; of a daemon, if its processes are known
     */
    private record Measured(Engine engine, Work work, double seconds, double worked) {}

    /** Does works that are about one context, as far as the engine can. */
    private List<Measured> perform(Engine engine, List<Work> same) throws IOException, InterruptedException {
        List<Measured> all = new ArrayList<>();
        try {
            engine.forget();
            places.begin();
            if (same.get(0).state() != State.COLD) {
                engine.build(job(same.get(0)));
            }
            for (Work work : same) {
                // What others wrote is on its way to the disk, and would hold up the next.
                program.run(List.of("sync"));
                double worked = worked(engine);
                double seconds = seconds(engine, work);
                all.add(new Measured(engine, work, seconds, worked(engine) - worked));
            }
        } catch (IOException e) {
            failures.add(engine.name() + ": " + e.getMessage());
        }
        return all;
    }

    private static double worked(Engine engine) throws IOException {
        return ProcessorTime.seconds() + ProcessorTime.seconds(engine.lasting());
    }

    private void keep(Measured one) {
        String work = one.work().name();
        String engine = one.engine().name();
        figures.add(work, engine, one.seconds());
        figures.add(work, engine + ", processor", one.worked());
        System.err.printf("%-40s %-10s %8.3f s %8.2f s%n", work, engine, one.seconds(), one.worked());
    }

    private double seconds(Engine engine, Work work) throws IOException, InterruptedException {
        Job job = job(work);
        Optional<ContextChange> change = ContextChange.make(work.state(), job.context());
        try {
            long start = System.nanoTime();
            engine.build(job);
            return (System.nanoTime() - start) / NANOS;
        } finally {
            if (change.isPresent()) {
                change.get().close();
            }
        }
    }

    private Job job(Work work) throws IOException, InterruptedException {
        return new Job(contexts.of(work.context()), base, work.platforms(), places.output(work.target()));
    }

    /** One line for each work, and one for memory. */
    Table table() {
        Table table = new Table();
        List<String> head = new ArrayList<>(List.of("work"));
        engines.forEach(engine -> head.add(engine.name()));
        head.addAll(List.of("library / " + BUILDKIT, "command / peer"));
        if (hasJib()) {
            head.add("library / " + JIB);
        }
        table.add(head);
        for (Work work : works) {
            table.add(line(work));
        }
        List<String> cells = new ArrayList<>(List.of("peak memory over all of these"));
        for (Engine engine : engines) {
            cells.add(megabytes(engine.name()));
        }
        cells.add(memory("library"));
        cells.add(memory("command"));
        if (hasJib()) {
            cells.add("");
        }
        table.add(cells);
        return table;
    }

    private boolean hasJib() {
        return engines.stream().anyMatch(engine -> engine.name().equals(JIB));
    }

    private List<String> line(Work work) {
        List<String> cells = new ArrayList<>(List.of(work.name()));
        for (Engine engine : engines) {
            cells.add(figures.text(work.name(), engine.name()));
        }
        cells.add(ratio(work, "library", BUILDKIT, work.libraryTarget()));
        cells.add(ratio(work, "command", work.commandPeer(), work.commandTarget()));
        if (hasJib()) {
            cells.add(ratio(work, "library", JIB, 1));
        }
        return cells;
    }

    private String ratio(Work work, String own, String peer, double target) {
        Optional<Double> mine = figures.median(work.name(), own);
        Optional<Double> theirs = figures.median(work.name(), peer);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return "-";
        }
        double ratio = mine.get() / theirs.get();
        boolean isOther = peer.equals(work.commandPeer()) && !peer.equals(BUILDKIT);
        String text = String.format("%.2f", ratio) + (isOther ? " of " + peer : "");
        return Double.isNaN(target)
                ? text
                : text + String.format(" (%.1f: %s)", target, ratio <= target ? "reached" : "MISSED");
    }

    private String memory(String own) {
        OptionalLong peak = memory.getOrDefault(own, OptionalLong.empty());
        return peak.isPresent()
                ? String.format(
                        "%s (%d MB: %s)",
                        megabytes(own),
                        memoryTarget / MEGABYTE,
                        peak.getAsLong() <= memoryTarget ? "reached" : "MISSED")
                : "-";
    }

    private String megabytes(String engine) {
        OptionalLong bytes = memory.getOrDefault(engine, OptionalLong.empty());
        return bytes.isPresent() ? bytes.getAsLong() / MEGABYTE + " MB" : "-";
    }
}
