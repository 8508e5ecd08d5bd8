package dev.slipway.benchmark;

import dev.slipway.executor.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How much memory one large layer takes, from the context into an archive. */
final class LargeLayer {

    private static final double NANOS = 1e9;

    private final Path launcher;
    private final Path work;
    private final Path raw;
    private final Figures figures = new Figures();

    LargeLayer(Path launcher, Path work, Path raw) {
        this.launcher = launcher;
        this.work = work;
        this.raw = raw;
    }

    void run(int gigabytes) throws IOException, InterruptedException {
        Path context = Files.createDirectories(work.resolve("context"));
        Contexts.large(context, gigabytes * 1_000_000_000L);
        Table table = new Table();
        table.add(List.of(gigabytes + " GB in one layer", "time", "peak memory"));
        Job job = new Job(context, context, List.of(), Optional.of(Output.ociArchive(work.resolve("image.tar"))));
        List<Engine> engines = List.of(
                new CommandEngine(launcher, work.resolve("command")), new LibraryEngine(work.resolve("library")));
        for (Engine engine : engines) {
            engine.forget();
            table.add(line(engine, "cold", job));
            table.add(line(engine, "nothing changed", job));
        }
        figures.write(raw);
        System.out.print(table);
        System.out.println("All figures are in " + raw);
    }

    private List<String> line(Engine engine, String state, Job job) throws IOException, InterruptedException {
        Files.deleteIfExists(job.output().flatMap(Output::destination).orElseThrow());
        long start = System.nanoTime();
        engine.build(job);
        double seconds = (System.nanoTime() - start) / NANOS;
        long peak = engine.peakMemory().orElse(0);
        figures.add(state, engine.name(), seconds);
        figures.add(state, engine.name() + ", bytes of memory", peak);
        return List.of(engine.name() + ", " + state, String.format("%.1f s", seconds), peak / 1_000_000 + " MB");
    }
}
