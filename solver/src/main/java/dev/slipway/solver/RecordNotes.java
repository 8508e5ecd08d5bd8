package dev.slipway.solver;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llbjson.DefinitionJson;
import java.util.ArrayList;
import java.util.List;

/** What is written beside a key so that people, and whoever explains a miss to them, can read it, without credentials of URLs. It
 * decides nothing. */
final class RecordNotes {

    private RecordNotes() {}

    /** The notes of a vertex: its kind, the identifier of a source, the whole op, and the step that each input is. */
    static List<Part> of(Vertex vertex) {
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
        return notes;
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
