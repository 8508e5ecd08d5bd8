package dev.slipway.solver.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.json.JsonWriter;
import java.util.List;

/**
 * What a step is known by in a cache, as BuildKit has it: what it does, without what it does it to, and what it uses of each input.
 *
 * @param digest of what it does
 * @param inputs how it uses each of its inputs, in their order
 */
public record CacheMap(Digest digest, List<InputUse> inputs) {

    private static final String SOURCE = "buildkit.source.v0:";

    public CacheMap {
        requireNonNull(digest, "digest is null");
        inputs = List.copyOf(requireNonNull(inputs, "inputs is null"));
    }

    /**
     * The cache map of a step.
     *
     * @throws IllegalArgumentException if it is a source, whose digests its executor knows
     */
    public static CacheMap of(Vertex vertex) {
        return new CacheMap(Digest.sha256(vertex.op().accept(new Text(vertex))), InputUse.of(vertex));
    }

    /** The digest of a source that holds what this key of its executor's stands for. */
    public static Digest ofSource(String key) {
        return Digest.sha256(SOURCE + key);
    }

    /** The digest of the record of an output of the step with this digest; content is output -1. */
    public static Digest record(Digest digest, int output) {
        return Digest.sha256(digest + "@" + output);
    }

    /** The JSON whose digest it is. */
    private record Text(Vertex vertex) implements Op.Visitor<byte[]> {

        @Override
        public byte[] visitSource(SourceOp op) {
            throw new IllegalArgumentException("a source has the key that its executor gives it");
        }

        @Override
        public byte[] visitExec(ExecOp op) {
            return ExecCacheJson.of(
                    op, vertex.platform().orElseGet(Platform::host).normalized());
        }

        @Override
        public byte[] visitFile(FileOp op) {
            return FileCacheJson.of(op, vertex.inputs().size());
        }

        @Override
        public byte[] visitMerge(MergeOp op) {
            JsonWriter json = JsonWriter.go().startObject().member("Type", "buildkit.merge.v0");
            json.startObject("Merge");
            GoMembers.objects(json, "inputs", op.inputs(), (out, input) -> GoMembers.number(out, "input", input));
            return json.endObject().endObject().toBytes();
        }

        @Override
        public byte[] visitDiff(DiffOp op) {
            JsonWriter json = JsonWriter.go().startObject().member("Type", "buildkit.diff.v0");
            json.startObject("Diff");
            GoMembers.object(json, "lower", op.lower(), (out, input) -> GoMembers.number(out, "input", input));
            GoMembers.object(json, "upper", op.upper(), (out, input) -> GoMembers.number(out, "input", input));
            return json.endObject().endObject().toBytes();
        }
    }
}
