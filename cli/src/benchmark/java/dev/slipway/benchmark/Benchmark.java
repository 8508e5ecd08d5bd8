package dev.slipway.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures, and prints tables. Raw figures are kept in files. */
@Command(name = "benchmark", mixinStandardHelpOptions = true, description = "Compares Slipway with other engines.")
final class Benchmark implements Callable<Integer> {

    private static final int LARGEST_MEGABYTES_FOR_BYTES = 200;
    private static final int LARGEST_MEGABYTES_FOR_STEPS = 300;

    @Option(names = "--root", required = true, hidden = true, description = "The checkout.")
    private Path root;

    @Option(names = "--rounds", description = "How often each figure is measured (default: ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(names = "--contexts", description = "Where the contexts are or are written.")
    private Optional<Path> contexts = Optional.empty();

    @Option(names = "--only", description = "Only works whose context has this name.", split = ",")
    private List<String> only = List.of();

    @Option(names = "--engine", description = "Only these: library, command, BuildKit, buildx, buildah, Jib.", split = ",")
    private List<String> chosen = List.of();

    @Option(names = "--growth", description = "Measure how time grows with files and stages instead.")
    private boolean growth;

    @Option(names = "--large", paramLabel = "GIGABYTES", description = "Measure memory for one large layer instead.")
    private int large;

    @Option(
            names = "--transfer",
            paramLabel = "GIGABYTES",
            description = "Measure a push and a pull of one large layer instead.")
    private int transfer;

    private Benchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path target = root.resolve("target/benchmark");
        Path work = Files.createDirectories(target.resolve("work"));
        try {
            if (growth) {
                new Growth(work, target.resolve("growth.tsv")).run();
            } else if (large > 0) {
                new LargeLayer(root.resolve("slipway"), work, target.resolve("large.tsv")).run(large);
            } else if (transfer > 0) {
                new Transfer(work, target.resolve("transfer.tsv")).run(transfer, rounds);
            } else {
                compare(target, work);
            }
        } finally {
            Folders.delete(work);
        }
        return 0;
    }

    private void compare(Path target, Path work) throws IOException, InterruptedException {
        Path raw = target.resolve("compare.tsv");
        Figures figures = new Figures();
        try (LocalRegistry registry = new LocalRegistry(work.resolve("registry"))) {
            List<Engine> engines = engines(work, registry);
            try {
                List<Engine> present = present(engines);
                Contexts all = new Contexts(contexts.orElse(target.resolve("contexts")));
                Places places = new Places(work, registry);
                compare(new Comparison(
                        wanted(Work.BYTES), present, all, base(), places, figures, LARGEST_MEGABYTES_FOR_BYTES));
                compare(new Comparison(
                        wanted(Work.STEPS), present, all, base(), places, figures, LARGEST_MEGABYTES_FOR_STEPS));
            } finally {
                for (Engine engine : engines) {
                    engine.close();
                }
                figures.write(raw);
            }
        }
        System.out.println("Medians of " + rounds + "; all figures are in " + raw);
    }

    private Path base() {
        return root.resolve("target/images/alpine");
    }

    private void compare(Comparison comparison) throws IOException, InterruptedException {
        if (!comparison.isEmpty()) {
            comparison.run(rounds);
            comparison.failures().forEach(System.out::println);
            System.out.println(comparison.table());
        }
    }

    private List<Work> wanted(List<Work> works) {
        String absence = LocalRegistry.absence();
        return works.stream()
                .filter(work -> only.isEmpty() || only.contains(work.context()))
                .filter(work -> work.target() != Work.Target.REGISTRY || absence.isEmpty())
                .toList();
    }

    private List<Engine> present(List<Engine> engines) {
        List<Engine> present = new ArrayList<>();
        for (Engine engine : engines) {
            if (!chosen.isEmpty() && !chosen.contains(engine.name())) {
                continue;
            }
            String absence = engine.absence();
            if (absence.isEmpty()) {
                present.add(engine);
            } else {
                System.out.println(engine.name() + " is not measured: " + absence);
            }
        }
        return present;
    }

    private List<Engine> engines(Path work, LocalRegistry registry) {
        Map<String, String> environment = System.getenv();
        return List.of(
                new LibraryEngine(work.resolve("library")),
                new CommandEngine(root.resolve("slipway"), work.resolve("command")),
                new BuildctlEngine(environment.getOrDefault("BUILDCTL", "buildctl"), processes("BUILDKIT_PROCESSES")),
                new BuildxEngine(environment.getOrDefault("DOCKER", "docker"), processes("DOCKER_PROCESSES")),
                new BuildahEngine(environment.getOrDefault("BUILDAH", "buildah"), work.resolve("buildah")),
                new JibEngine(environment.getOrDefault("JIB_CLASS_PATH", ""), work.resolve("jib"), registry));
    }

    private static List<Long> processes(String variable) {
        List<Long> processes = new ArrayList<>();
        for (String number : System.getenv().getOrDefault(variable, "").split(" ")) {
            if (!number.isBlank()) {
                processes.add(Long.parseLong(number));
            }
        }
        return processes;
    }
}
