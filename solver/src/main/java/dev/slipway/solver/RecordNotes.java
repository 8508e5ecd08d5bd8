package dev.slipway.solver;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llbjson.DefinitionJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What is written beside a key so that people, and whoever explains a miss to them, can read it, without credentials of URLs. It
 * decides nothing. */
final class RecordNotes {

    private static final String CONTENT = "content ";
    private static final String CREATED = "created";

    private RecordNotes() {}

    /**
     * The notes of a vertex: its kind, the identifier of a source, the whole op, the step that each input is, what counts by its content, and
     * when its result was made.
     */
    static List<Part> of(Vertex vertex, Map<Integer, ReadContent> contents, Instant created) {
        List<Part> notes = new ArrayList<>();
        notes.add(new Part("kind", kind(vertex.op())));
        if (vertex.op() instanceof SourceOp source) {
            notes.add(new Part(CacheRecord.SOURCE, UrlCredentials.redact(source.identifier())));
        }
        notes.add(new Part("vertex", vertex.digest().toString()));
        notes.add(new Part("op", UrlCredentials.redact(DefinitionJson.op(vertex))));
        for (int i = 0; i < vertex.inputs().size(); i++) {
            Edge input = vertex.inputs().get(i);
            String name = UrlCredentials.redact(input.vertex().metadata().name().orElse(""));
            notes.add(new Part("input " + i, input.vertex().digest() + "@" + input.output() + " " + name));
        }
        new TreeMap<>(contents)
                .forEach((input, content) ->
                        notes.add(new Part(CONTENT + input, content.digest().toString())));
        notes.add(new Part(CREATED, created.toString()));
        return notes;
    }

    /** The digest of what is read of an input, as it is noted. */
    static Function<CacheRecord, Optional<Digest>> content(int input) {
        return record -> record.note(CONTENT + input).flatMap(text -> read(text, Digest::parse));
    }

    /** When the result was made, as it is noted. */
    static Instant created(CacheRecord record) {
        return record.note(CREATED).flatMap(text -> read(text, Instant::parse)).orElse(Instant.EPOCH);
    }

    private static <T> Optional<T> read(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String kind(Op op) {
        if (op instanceof SourceOp) {
            return "source";
        }
        if (op instanceof ExecOp) {
            return "exec";
        }
        if (op instanceof FileOp) {
            return "file";
        }
        if (op instanceof MergeOp) {
            return "merge";
        }
        return op instanceof DiffOp ? "diff" : "other";
    }

    /** A selector for people. */
    static String describe(ContentSelector selector) {
        StringBuilder text = new StringBuilder(selector.path());
        if (selector.wildcard()) {
            text.append(" (pattern)");
        }
        if (!selector.includePatterns().isEmpty()) {
            text.append(" only ").append(selector.includePatterns());
        }
        if (!selector.excludePatterns().isEmpty()) {
            text.append(" but ").append(selector.excludePatterns());
        }
        return text.toString();
    }
}
