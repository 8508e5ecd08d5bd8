package dev.slipway.solver;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.Result;
import dev.slipway.executor.VertexWork;
import dev.slipway.executor.event.BuildEvent.Outcome;
import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.solver.VertexKeys.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes the results of one vertex whose inputs are there: looks them up by content, or runs the vertex and records them. */
final class StepRunner {

    private final VertexWork work;
    private final Flights<List<Result>> flights;
    private final RunningSteps running;
    private final Reporter reporter;

    StepRunner(VertexWork work, Flights<List<Result>> flights, RunningSteps running, Reporter reporter) {
        this.work = work;
        this.flights = flights;
        this.running = running;
        this.reporter = reporter;
    }

    /** What the vertex reads of one of its inputs: each selector with the digest of what it chooses. */
    List<Part> read(Vertex vertex, Result input, InputUse use) throws InterruptedException {
        try {
            List<Part> parts = new ArrayList<>();
            for (ContentSelector selector : use.selectors()) {
                Digest content = work.contentDigest(input, List.of(selector));
                parts.add(new Part(RecordNotes.describe(selector), content.toString()));
            }
            return parts;
        } catch (RuntimeException e) {
            reporter.started(vertex);
            reporter.failed(vertex, Reason.of(e));
            throw e;
        }
    }

    /**
     * Makes the results.
     *
     * @param uses how the vertex uses its inputs, in their order
     * @param contents for each input that is only read, by its position, what is read of it
     */
    List<Result> make(
            Vertex vertex, List<InputUse> uses, Key definition, List<Result> inputs, Map<Integer, List<Part>> contents)
            throws InterruptedException {
        reporter.started(vertex);
        try {
            Key content = inputs.isEmpty() ? definition : VertexKeys.content(vertex, uses, inputs, contents);
            boolean again = vertex.metadata().ignoreCache();
            Optional<CacheRecord> found = again ? Optional.empty() : work.find(content.digest());
            List<Result> results = found.isPresent() ? found.get().results() : run(vertex, content, inputs, again);
            if (!definition.digest().equals(content.digest())) {
                record(vertex, definition, results);
            }
            if (found.isPresent()) {
                reporter.cached(vertex, "the step is the same as before, and so is all that it reads");
            } else {
                reporter.finished(vertex, Outcome.DONE);
            }
            return results;
        } catch (InterruptedException e) {
            reporter.finished(vertex, Outcome.CANCELLED);
            throw e;
        } catch (RuntimeException | Error e) {
            reporter.failed(vertex, Reason.of(e));
            throw e;
        }
    }

    private List<Result> run(Vertex vertex, Key key, List<Result> inputs, boolean again) throws InterruptedException {
        // A step that has to be made again never joins one that may have been found.
        Digest flight = again ? Digest.sha256(key.digest() + " again") : key.digest();
        running.add(vertex);
        try {
            while (true) {
                AtomicBoolean isOwn = new AtomicBoolean();
                List<Result> results = flights.run(flight, () -> {
                    isOwn.set(true);
                    return runAlone(vertex, key, inputs, again);
                });
                if (isOwn.get()) {
                    return results;
                }
                // What another build has made stays for this one, once this one has found it.
                Optional<CacheRecord> found = work.find(key.digest());
                if (found.isPresent()) {
                    return found.get().results();
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            running.remove(vertex);
        }
    }

    private List<Result> runAlone(Vertex vertex, Key key, List<Result> inputs, boolean again)
            throws InterruptedException {
        Optional<CacheRecord> meanwhile = again ? Optional.empty() : work.find(key.digest());
        if (meanwhile.isPresent()) {
            return meanwhile.get().results();
        }
        List<Result> results = work.run(vertex, inputs, reporter.monitor(vertex));
        record(vertex, key, results);
        return results;
    }

    private void record(Vertex vertex, Key key, List<Result> results) {
        String step = UrlCredentials.redact(vertex.metadata().name().orElse(""));
        work.save(new CacheRecord(key.digest(), step, key.parts(), RecordNotes.of(vertex), results));
    }
}
