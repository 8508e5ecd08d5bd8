package dev.slipway.benchmark;

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

    LargeLayer(Path launcher, Path work) {
        this.launcher = launcher;
        this.work = work;
    }

    void run(int gigabytes) throws IOException, InterruptedException {
        Path context = Files.createDirectories(work.resolve("context"));
        Contexts.large(context, gigabytes * 1_000_000_000L);
        Table table = new Table();
        table.add(List.of(gigabytes + " GB in one layer", "time", "peak memory"));
        Job job = new Job(context, context, List.of(), Optional.of(work.resolve("image.tar")));
        Engine command = new CommandEngine(launcher, work.resolve("command"));
        table.add(line(command, "command, cold", job));
        table.add(line(command, "command, nothing changed", job));
        System.out.print(table);
    }

    private static List<String> line(Engine engine, String name, Job job) throws IOException, InterruptedException {
        long start = System.nanoTime();
        engine.build(job);
        String time = String.format("%.1f s", (System.nanoTime() - start) / NANOS);
        return List.of(name, time, engine.peakMemory().orElse(0) / 1_000_000 + " MB");
    }
}
