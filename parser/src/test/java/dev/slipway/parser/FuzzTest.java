package dev.slipway.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.shell.ShellWords;
import dev.slipway.parser.shell.Variables;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Dockerfile;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.OnBuild;
import dev.slipway.parser.tree.Stage;
import dev.slipway.parser.tree.Statement;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Parses damaged Dockerfiles: whatever they hold, they are parsed or refused, and soon.
 *
 * <p>Runs for {@code -Dslipway.fuzz.seconds} (5 by default) from {@code -Dslipway.fuzz.seed}, or stops after
 * {@code -Dslipway.fuzz.inputs}.
 */
class FuzzTest {

    /** Of a processor's time, even of a slow one; what takes longer, hangs. */
    private static final double LONGEST_SECONDS = 60;

    private static final Variables VARIABLES =
            Variables.of(Map.of("A", "a b", "PATH", "/bin:/usr/bin", "EMPTY", "", "x", "한국어/x.tar.gz"));

    private final long seed = Long.getLong("slipway.fuzz.seed", System.nanoTime());
    private final Mutator mutator = new Mutator(new Random(seed));

    @Test
    void anyInputIsParsedOrRefusedSoon() {
        long inputs = Long.getLong("slipway.fuzz.inputs", Long.MAX_VALUE);
        List<byte[]> sources = sources();
        long end = System.nanoTime() + Long.getLong("slipway.fuzz.seconds", 5L) * 1_000_000_000;
        long count = 0;
        long refused = 0;
        while (count < inputs && System.nanoTime() < end) {
            byte[] input = mutator.mutate(sources);
            long start = cpuTime();
            try {
                refused += isRefused(input) ? 1 : 0;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", input " + count + ": " + show(input), e);
            }
            double seconds = (cpuTime() - start) / 1e9;
            if (seconds > LONGEST_SECONDS) {
                throw new AssertionError(seconds + " s, seed " + seed + ", input " + count + ": " + show(input));
            }
            count++;
        }
        System.out.printf("fuzz: seed %d, %d inputs, %d refused%n", seed, count, refused);
        assertThat(count).isPositive();
    }

    private static boolean isRefused(byte[] input) {
        Dockerfile dockerfile;
        try {
            dockerfile = DockerfileParser.parse(input);
        } catch (DockerfileParseException e) {
            return true;
        }
        int lines = dockerfile.source().lineCount();
        ShellWords words = ShellWords.of(dockerfile.escape());
        for (Stage stage : dockerfile.stages()) {
            for (Instruction instruction : stage.instructions()) {
                Statement statement = instruction.statement();
                assertThat(statement.range().startLine()).isBetween(1, lines);
                assertThat(statement.range().endLine())
                        .isBetween(statement.range().startLine(), lines);
                expand(words, statement.text());
                if (instruction instanceof OnBuild onBuild) {
                    trigger(onBuild.expression());
                }
            }
        }
        return false;
    }

    private static void expand(ShellWords words, String text) {
        for (ShellWords reader : List.of(words, words.keepUnset(), words.ignoreQuotes())) {
            try {
                reader.expand(text, VARIABLES);
                reader.words(text, VARIABLES);
            } catch (ExpansionException e) {
                // refused
            }
        }
    }

    private static void trigger(String expression) {
        try {
            DockerfileParser.parseTrigger(expression, SourceRange.line(1));
        } catch (DockerfileParseException e) {
            // refused
        }
    }

    /** The corpus, where it is there, and always a file of our own that holds some of everything. */
    private static List<byte[]> sources() {
        List<byte[]> sources = new ArrayList<>();
        sources.add(Mutator.EVERYTHING.getBytes(StandardCharsets.UTF_8));
        if (Files.exists(Path.of(System.getProperty("slipway.root", "."), "../shared/reference/llb"))) {
            Corpus.cases().forEach(item -> sources.add(item.dockerfile()));
        }
        return sources;
    }

    private static String show(byte[] input) {
        return GoText.quote(LosslessUtf8.decode(input));
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
