package dev.slipway.llb;

import java.util.List;
import java.util.Optional;

/**
 * The canonical encoding of one op with its inputs, whose sha256 is the vertex's identity.
 *
 * <p>BuildKit's encoder puts the members of a oneof last, so the order of {@code Op} is inputs (1), platform (10),
 * constraints (11) and then the op itself (2 to 8). Constraints are there, empty, on every op but the terminal one.
 */
final class OpEncoder implements Op.Visitor<Void> {

    private static final int INPUTS = 1;
    private static final int EXEC = 2;
    private static final int SOURCE = 3;
    private static final int FILE = 4;
    private static final int MERGE = 6;
    private static final int DIFF = 7;
    private static final int PLATFORM = 10;
    private static final int CONSTRAINTS = 11;

    private final Wire wire = new Wire();

    private OpEncoder() {}

    /** What an op's encoding holds of an input. */
    record Input(Digest vertex, int output) {

        static Input of(Edge edge) {
            return new Input(edge.vertex().digest(), edge.output());
        }
    }

    static byte[] encode(List<Input> inputs, Optional<Platform> platform, Op op) {
        OpEncoder encoder = new OpEncoder();
        inputs.forEach(input -> encoder.wire.message(INPUTS, input, OpEncoder::input));
        platform.ifPresent(value -> encoder.wire.message(PLATFORM, value, OpEncoder::platform));
        encoder.wire.bytesAlways(CONSTRAINTS, new byte[0]);
        op.accept(encoder);
        return encoder.wire.toByteArray();
    }

    /** The last element of a definition: an op with nothing but the wanted output. */
    static byte[] encodeTerminal(Edge result) {
        Wire wire = new Wire();
        wire.message(INPUTS, Input.of(result), OpEncoder::input);
        return wire.toByteArray();
    }

    @Override
    public Void visitSource(SourceOp op) {
        wire.message(SOURCE, op, (out, source) -> {
            out.string(1, source.identifier());
            out.map(2, source.attributes());
        });
        return null;
    }

    @Override
    public Void visitExec(ExecOp op) {
        wire.message(EXEC, op, ExecEncoder::exec);
        return null;
    }

    @Override
    public Void visitFile(FileOp op) {
        wire.message(FILE, op, FileEncoder::file);
        return null;
    }

    @Override
    public Void visitMerge(MergeOp op) {
        wire.message(
                MERGE,
                op,
                (out, merge) -> merge.inputs()
                        .forEach(input -> out.message(1, input, (inner, position) -> inner.number(1, position))));
        return null;
    }

    @Override
    public Void visitDiff(DiffOp op) {
        wire.message(DIFF, op, (out, diff) -> {
            out.message(1, diff.lower(), (inner, position) -> inner.number(1, position));
            out.message(2, diff.upper(), (inner, position) -> inner.number(1, position));
        });
        return null;
    }

    private static void input(Wire wire, Input input) {
        wire.string(1, input.vertex().toString());
        wire.number(2, input.output());
    }

    private static void platform(Wire wire, Platform platform) {
        wire.string(1, platform.architecture());
        wire.string(2, platform.os());
        wire.string(3, platform.variant());
        wire.string(4, platform.osVersion());
        wire.strings(5, platform.osFeatures());
    }
}
