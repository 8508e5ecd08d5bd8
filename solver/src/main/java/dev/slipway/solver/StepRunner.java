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
import dev.slipway.oci.cache.CacheGraph.Stored;
import dev.slipway.solver.VertexKeys.Key;
import dev.slipway.solver.cache.CacheMap;
import dev.slipway.solver.cache.ImportedCache.Layers;
import dev.slipway.solver.cache.InputUse;
import java.time.Instant;
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

    /** What the vertex reads of one of its inputs. */
    ReadContent read(Vertex vertex, Result input, InputUse use) throws InterruptedException {
        try {
            List<Part> parts = new ArrayList<>();
            Digest all = null;
            for (ContentSelector selector : use.content()) {
                all = work.contentDigest(input, List.of(selector));
                parts.add(new Part(RecordNotes.describe(selector), all.toString()));
            }
            return new ReadContent(
                    all == null || use.content().size() > 1 ? work.contentDigest(input, use.content()) : all, parts);
        } catch (RuntimeException e) {
            reporter.started(vertex);
            reporter.failed(vertex, Reason.of(e));
            throw e;
        }
    }

    /**
     * Makes the results.
     *
     * @param map what the vertex is known by; a source has none
     * @param contents for each input that counts by its content, by its position, what is read of it
     * @param imported what other machines have made of the same
     */
    List<Result> make(
            Vertex vertex,
            Optional<CacheMap> map,
            Key definition,
            List<Result> inputs,
            Map<Integer, ReadContent> contents,
            Optional<List<Stored<Layers>>> imported)
            throws InterruptedException {
        reporter.started(vertex);
        try {
            Key content = inputs.isEmpty() || map.isEmpty()
                    ? definition
                    : VertexKeys.content(vertex, map.get(), inputs, contents);
            boolean again = vertex.metadata().ignoreCache();
            Optional<CacheRecord> found = again ? Optional.empty() : work.find(content.digest());
            Optional<List<Result>> taken = found.isPresent() || imported.isEmpty()
                    ? Optional.empty()
                    : take(vertex, content, imported.get(), contents);
            List<Result> results;
            if (found.isPresent()) {
                results = found.get().results();
            } else if (taken.isPresent()) {
                results = taken.get();
            } else {
                results = run(vertex, content, inputs, contents, again);
            }
            if (!definition.digest().equals(content.digest())) {
                Instant created = found.map(RecordNotes::created)
                        .or(() -> taken.map(all -> created(imported.orElseThrow())))
                        .orElseGet(reporter::now);
                record(vertex, definition, contents, created, results);
            }
            if (found.isPresent()) {
                reporter.cached(vertex, "the step is the same as before, and so is all that it reads");
            } else if (taken.isPresent()) {
                reporter.cached(vertex, imported(imported.get()));
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

    /**
     * Takes what other machines have made, and records it.
     *
     * @param key under which it is recorded
     * @param outputs of each output what is known
     * @param contents what is read of inputs, if that is known
     * @return empty if the executor does not take it
     */
    Optional<List<Result>> take(
            Vertex vertex, Key key, List<Stored<Layers>> outputs, Map<Integer, ReadContent> contents)
            throws InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Stored<Layers> output : outputs) {
            Optional<Result> result = work.remote(output.value().layers());
            if (result.isEmpty()) {
                return Optional.empty();
            }
            results.add(result.get());
        }
        record(vertex, key, contents, created(outputs), results);
        return Optional.of(results);
    }

    /** Why a step need not run. */
    static String imported(List<Stored<Layers>> outputs) {
        return outputs.get(0).value().from() + " has what the step makes";
    }

    private static Instant created(List<Stored<Layers>> outputs) {
        return outputs.stream().map(Stored::createdAt).max(Instant::compareTo).orElseThrow();
    }

    private List<Result> run(
            Vertex vertex, Key key, List<Result> inputs, Map<Integer, ReadContent> contents, boolean again)
            throws InterruptedException {
        // A step that has to be made again never joins one that may have been found.
        Digest flight = again ? Digest.sha256(key.digest() + " again") : key.digest();
        running.add(vertex);
        try {
            while (true) {
                AtomicBoolean isOwn = new AtomicBoolean();
                List<Result> results = flights.run(flight, () -> {
                    isOwn.set(true);
                    return runAlone(vertex, key, inputs, contents, again);
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

    private List<Result> runAlone(
            Vertex vertex, Key key, List<Result> inputs, Map<Integer, ReadContent> contents, boolean again)
            throws InterruptedException {
        Optional<CacheRecord> meanwhile = again ? Optional.empty() : work.find(key.digest());
        if (meanwhile.isPresent()) {
            return meanwhile.get().results();
        }
        List<Result> results = work.run(vertex, inputs, reporter.monitor(vertex));
        record(vertex, key, contents, reporter.now(), results);
        return results;
    }

    private void record(
            Vertex vertex, Key key, Map<Integer, ReadContent> contents, Instant created, List<Result> results) {
        String step = UrlCredentials.redact(vertex.metadata().name().orElse(""));
        List<Part> notes = RecordNotes.of(vertex, contents, created);
        work.save(new CacheRecord(key.digest(), step, key.parts(), notes, results));
    }
}
