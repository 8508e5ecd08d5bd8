package dev.slipway.parser;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Measures how long parsing takes on average over the corpus, in a warm JVM on one thread. To be started by hand:
 * {@code java -Dslipway.root=... -cp ... dev.slipway.parser.ParseBenchmark [rounds]}.
 */
final class ParseBenchmark {

    private ParseBenchmark() {}

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        List<byte[]> sources =
                Corpus.cases().stream().map(Corpus.Case::dockerfile).toList();
        double[] micros = new double[rounds];
        long kept = 0;
        for (int round = 0; round < rounds; round++) {
            long start = cpuTime();
            for (byte[] source : sources) {
                kept += parse(source);
            }
            micros[round] = (cpuTime() - start) / 1e3 / sources.size();
        }
        double[] warm = Arrays.copyOfRange(micros, rounds / 2, rounds);
        Arrays.sort(warm);
        System.out.printf(
                "%d files, %d rounds: median %.1f us a file, best %.1f, first round %.1f (%d)%n",
                sources.size(), rounds, warm[warm.length / 2], warm[0], micros[0], kept);
    }

    /** The time that this thread has had, so that other work on the machine does not count. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int parse(byte[] source) {
        try {
            return DockerfileParser.parse(source).stages().size();
        } catch (DockerfileParseException e) {
            return 1;
        }
    }
}
