package dev.slipway.report;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.llb.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the last lines that each running step said, for the message of the one that fails. */
public final class LogTails {

    private static final int LINES = 20;
    private static final int LONGEST = 1 << 12;

    private final Map<Digest, Tail> tails = new HashMap<>();

    private static final class Tail {

        private final Deque<String> lines = new ArrayDeque<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        private void add(byte[] bytes) {
            for (byte b : bytes) {
                if (b == '\n') {
                    end();
                } else if (line.size() < LONGEST) {
                    line.write(b);
                }
            }
        }

        private void end() {
            if (lines.size() == LINES) {
                lines.removeFirst();
            }
            lines.addLast(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }

        private List<String> lines() {
            if (line.size() > 0) {
                end();
            }
            return List.copyOf(lines);
        }
    }

    public synchronized void accept(BuildEvent event) {
        if (event instanceof BuildEvent.Log log) {
            tails.computeIfAbsent(log.step().digest(), digest -> new Tail())
                    .add(log.data().toArray());
        } else if (event instanceof BuildEvent.Finished finished && finished.outcome() != BuildEvent.Outcome.FAILED) {
            tails.remove(finished.step().digest());
        }
    }

    /** The last lines of a step, oldest first. */
    public synchronized List<String> of(Digest step) {
        Tail tail = tails.get(step);
        return tail == null ? List.of() : tail.lines();
    }
}
