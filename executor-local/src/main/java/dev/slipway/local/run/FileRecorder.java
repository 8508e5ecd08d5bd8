package dev.slipway.local.run;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.RunRecorder;
import dev.slipway.llb.Digest;
import dev.slipway.oci.json.JsonWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the record of one build. What cannot be written is left out, from the first byte that cannot on. */
final class FileRecorder implements RunRecorder {

    /** So many bytes of what a step says are kept. */
    private static final long LONGEST_LOG = 64 << 20;

    /** A record of so many bytes takes much. */
    private static final long MUCH = 1 << 20;

    private final Path folder;
    private final OutputStream events;
    private final Bound bound;
    private final Map<Digest, StepLog> logs = new HashMap<>();
    private boolean broken;

    private FileRecorder(Path folder, OutputStream events, Bound bound) {
        this.folder = folder;
        this.events = events;
        this.bound = bound;
    }

    /** Bounds what all records take. */
    interface Bound {
        void keep() throws IOException;
    }

    /** @param bound is called at the end of a record that took much */
    static FileRecorder in(Path folder, Bound bound) throws IOException {
        OutputStream events = new BufferedOutputStream(Files.newOutputStream(folder.resolve("events.jsonl")));
        return new FileRecorder(folder, events, bound);
    }

    private static final class StepLog {

        private final Path file;
        private final OutputStream out;
        private long left = LONGEST_LOG;

        private StepLog(Path file) throws IOException {
            this.file = file;
            this.out = new BufferedOutputStream(Files.newOutputStream(file));
        }

        private void write(byte[] bytes) throws IOException {
            int length = (int) Math.min(left, bytes.length);
            out.write(bytes, 0, length);
            left -= length;
        }
    }

    @Override
    public Optional<String> name() {
        return Optional.of(folder.getFileName().toString());
    }

    @Override
    public void accept(BuildEvent event) {
        if (broken) {
            return;
        }
        try {
            if (event instanceof BuildEvent.Log log) {
                log(log);
            } else if (!(event instanceof BuildEvent.Advanced)) {
                events.write(JsonWriter.compact().value(EventJson.of(event)).toBytes());
                events.write('\n');
                if (event instanceof BuildEvent.Finished finished) {
                    finish(finished.step().digest());
                }
            }
        } catch (IOException e) {
            broken = true;
        }
    }

    private void log(BuildEvent.Log event) throws IOException {
        StepLog log = logs.get(event.step().digest());
        if (log == null) {
            log = new StepLog(folder.resolve(event.step().digest().hex().substring(0, 16) + ".log"));
            logs.put(event.step().digest(), log);
        }
        log.write(event.data().toArray());
    }

    /** Many steps may come after this one: its file need not be open any longer. */
    private void finish(Digest step) throws IOException {
        StepLog log = logs.get(step);
        if (log != null) {
            log.out.close();
        }
    }

    @Override
    public Optional<Path> log(Digest step) {
        return Optional.ofNullable(logs.get(step)).map(log -> log.file);
    }

    @Override
    public void close() {
        try {
            for (StepLog log : logs.values()) {
                log.out.close();
            }
            events.close();
            if (logs.values().stream().mapToLong(log -> LONGEST_LOG - log.left).sum() > MUCH) {
                bound.keep();
            }
        } catch (IOException e) {
            broken = true;
        }
    }
}
