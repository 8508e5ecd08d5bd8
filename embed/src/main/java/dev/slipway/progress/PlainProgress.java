package dev.slipway.progress;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.llb.Digest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints progress line by line: {@code #4 [build 2/3] RUN make}, {@code #4 0.123 its output}, {@code #4 DONE 1.2s}. Steps are
 * numbered as they appear; a step that goes on after another one spoke is announced again. Whatever a step says or is called,
 * none of it can be taken for a line of ours.
 */
final class PlainProgress implements Progress {

    /** What a step says without ending a line is printed in pieces of this many bytes. */
    private static final int LONGEST_LINE = 64 << 10;

    /** After this time without a word a step says how far it is. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final PrintStream out;
    private final Map<Digest, Line> lines = new HashMap<>();
    private @Nullable Line speaking;

    PlainProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public void accept(BuildEvent event) {
        if (event instanceof BuildEvent.OfStep ofStep) {
            accept(ofStep);
        }
    }

    private void accept(BuildEvent.OfStep event) {
        Line line = lines.computeIfAbsent(
                event.step().digest(),
                digest -> new Line(
                        lines.size() + 1, TerminalText.line(event.step().name()), event.time()));
        if (event instanceof BuildEvent.Started) {
            line.started = event.time();
            line.spoke = event.time();
            announce(line);
        } else if (event instanceof BuildEvent.Placed placed) {
            announce(line);
            out.printf(Locale.ROOT, "#%d %s%n", line.number, TerminalText.line(place(placed)));
        } else if (event instanceof BuildEvent.Log log) {
            print(line, log);
        } else if (event instanceof BuildEvent.Warned warned) {
            announce(line);
            out.printf(Locale.ROOT, "#%d WARN: %s%n", line.number, TerminalText.line(warned.message()));
        } else if (event instanceof BuildEvent.Advanced advanced) {
            advance(line, advanced);
        } else if (event instanceof BuildEvent.Finished finished) {
            finish(line, finished);
        }
        out.flush();
    }

    /** What is done soon is not worth a line. */
    private void advance(Line line, BuildEvent.Advanced advanced) {
        if (Duration.between(line.spoke, advanced.time()).compareTo(SILENCE) < 0) {
            return;
        }
        announce(line);
        line.spoke = advanced.time();
        String total = advanced.total() > 0 ? " / " + megabytes(advanced.total()) : "";
        out.printf(
                Locale.ROOT,
                "#%d %s %s %s%s%n",
                line.number,
                advanced.activity().name().toLowerCase(Locale.ROOT),
                TerminalText.line(advanced.part()),
                megabytes(advanced.current()),
                total);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.2fMB", bytes / 1e6);
    }

    private static String place(BuildEvent.Placed placed) {
        String how = placed.emulator().map(name -> "emulated by " + name).orElse("native");
        return "(" + how + ", sandbox " + placed.sandbox() + ")";
    }

    private void announce(Line line) {
        if (speaking == line) {
            return;
        }
        if (speaking != null) {
            if (!speaking.finished) {
                out.printf(Locale.ROOT, "#%d ...%n", speaking.number);
            }
            out.println();
        }
        out.printf(Locale.ROOT, "#%d %s%n", line.number, line.name);
        speaking = line;
    }

    /** A carriage return ends a line as well: it would write over what stands before it. */
    private void print(Line line, BuildEvent.Log log) {
        for (byte b : log.data().toArray()) {
            boolean isSecond = b == '\n' && line.hasReturned;
            line.hasReturned = b == '\r';
            if (isSecond) {
                continue;
            }
            if (b == '\n' || b == '\r') {
                printText(line, log.time());
            } else {
                line.text.write(b);
                if (line.text.size() == LONGEST_LINE) {
                    printText(line, log.time());
                }
            }
        }
    }

    private void printText(Line line, Instant time) {
        announce(line);
        String text = line.text.toString(StandardCharsets.UTF_8);
        line.text.reset();
        out.printf(Locale.ROOT, "#%d %.3f %s%n", line.number, seconds(line.started, time), TerminalText.output(text));
    }

    private void finish(Line line, BuildEvent.Finished finished) {
        if (line.text.size() > 0) {
            printText(line, finished.time());
        }
        announce(line);
        line.finished = true;
        switch (finished.outcome()) {
            case DONE ->
                out.printf(Locale.ROOT, "#%d DONE %.1fs%n", line.number, seconds(line.started, finished.time()));
            case CACHED -> out.printf(Locale.ROOT, "#%d CACHED%n", line.number);
            case CANCELLED -> out.printf(Locale.ROOT, "#%d CANCELED%n", line.number);
            case FAILED ->
                out.printf(
                        Locale.ROOT,
                        "#%d ERROR: %s%n",
                        line.number,
                        TerminalText.line(finished.reason().orElse("failed")));
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static final class Line {

        private final int number;
        private final String name;
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private Instant started;
        private Instant spoke;
        private boolean hasReturned;
        private boolean finished;

        private Line(int number, String name, Instant started) {
            this.number = number;
            this.name = name;
            this.started = started;
            this.spoke = started;
        }
    }
}
