package dev.slipway.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks and prints a table: what a conversion, a stage or an instruction costs.
 *
 * <p>Arguments: the folder of the corpus, a regular expression that chooses benchmarks, and a file for the raw figures.
 */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws RunnerException {
        Path corpus = Path.of(arguments[0]);
        if (!Files.isDirectory(corpus)) {
            throw new IllegalArgumentException(
                    "there is no corpus at " + corpus + "; name one with -Dslipway.corpus=FOLDER");
        }
        Corpus counted = new Corpus();
        counted.corpus = corpus.toString();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(arguments[1])
                .param("corpus", corpus.toString())
                .verbosity(VerboseMode.SILENT)
                .resultFormat(ResultFormatType.JSON)
                .result(arguments[2]);
        System.out.println("Measuring; this takes some minutes. Raw figures go to " + arguments[2]);
        Collection<RunResult> results = new Runner(options.build()).run();
        print(results, counted);
    }

    private static void print(Collection<RunResult> results, Corpus counted) {
        System.out.printf(Locale.ROOT, "%n%-14s %-12s %10s %14s %16s %18s%n",
                "benchmark",
                "of",
                "count",
                "whole, ms",
                "each, µs",
                "processor, µs");
        int conversions = conversions(counted);
        for (RunResult result : results) {
            BenchmarkResult benchmark = result.getAggregatedResult();
            String name = result.getParams().getBenchmark();
            String what = name.substring(name.lastIndexOf('.') + 1);
            int count = count(result, what, conversions);
            double micros = benchmark.getPrimaryResult().getScore();
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %-12s %10d %14.1f %10.2f ± %4.2f %17.2f%n",
                    what,
                    result.getParams().getParam(what) == null ? "conversions" : what,
                    count,
                    micros / 1000,
                    micros / count,
                    benchmark.getPrimaryResult().getScoreError() / count,
                    processorMicros(benchmark) / count);
        }
    }

    /** What one run costs in processor time. */
    private static double processorMicros(BenchmarkResult benchmark) {
        double nanos = benchmark.getSecondaryResults().get("processorNanos").getScore();
        return nanos / 1000 / benchmark.getSecondaryResults().get("runs").getScore();
    }

    private static int count(RunResult result, String what, int conversions) {
        String size = result.getParams().getParam(what);
        return size == null ? conversions : Integer.parseInt(size);
    }

    private static int conversions(Corpus corpus) {
        try {
            corpus.load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return corpus.jobs().size();
    }
}
