package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How the processor's time grows with the number of files and of stages: it must grow with the number and no faster. */
final class Growth {

    private static final int ROUNDS = 3;
    private static final int FILE_SIZE = 100;
    private final Path work;
    private final Path raw;
    private final Engine engine;
    private final Figures figures = new Figures();

    Growth(Path work, Path raw) {
        this.work = work;
        this.raw = raw;
        this.engine = new LibraryEngine(work.resolve("library"));
    }

    void run() throws IOException, InterruptedException {
        Table table = new Table();
        table.add(List.of("processor's time", "cold", "nothing changed", "cold, each", "nothing changed, each"));
        for (int count : new int[] {25_000, 50_000, 100_000, 200_000}) {
            table.add(line(count + " files", count, context -> Contexts.files(context, count, FILE_SIZE)));
        }
        for (int count : new int[] {125, 250, 500, 1_000, 2_000}) {
            table.add(line(count + " stages", count, context -> Contexts.chain(context, count)));
        }
        figures.write(raw);
        System.out.print(table);
        engine.peakMemory()
                .ifPresent(peak -> System.out.println("peak memory over all of these: " + peak / 1_000_000 + " MB"));
        System.out.println("Medians of " + ROUNDS + "; all figures are in " + raw);
    }

    /** Writes a context. */
    private interface Writer {
        void write(Path context) throws IOException;
    }

    private List<String> line(String name, int count, Writer writer) throws IOException, InterruptedException {
        Path context = Files.createDirectories(work.resolve("context"));
        writer.write(context);
        // Only what is copied counts here, so that the base image need not be there.
        String copies = Files.readString(context.resolve("Dockerfile"))
                .replace("FROM alpine", "FROM scratch")
                .replaceAll("RUN .*\n", "");
        Files.writeString(context.resolve("Dockerfile"), copies);
        Job job = new Job(context, context, List.of(), Optional.empty());
        for (int round = 0; round <= ROUNDS; round++) {
            engine.forget();
            double cold = seconds(job);
            double unchanged = seconds(job);
            if (round > 0) {
                figures.add(name, "cold", cold);
                figures.add(name, "nothing changed", unchanged);
            }
        }
        Folders.delete(context);
        double cold = figures.median(name, "cold").orElseThrow();
        double unchanged = figures.median(name, "nothing changed").orElseThrow();
        return List.of(name, time(cold), time(unchanged), each(cold, count), each(unchanged, count));
    }

    private double seconds(Job job) throws IOException, InterruptedException {
        double start = ProcessorTime.seconds();
        engine.build(job);
        return ProcessorTime.seconds() - start;
    }

    private static String time(double seconds) {
        return String.format("%.3f s", seconds);
    }

    private static String each(double seconds, int count) {
        return String.format("%.1f us", seconds * 1e6 / count);
    }
}
