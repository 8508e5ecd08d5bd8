package dev.slipway.provenance;

import dev.slipway.llb.DiffOp;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.Map;
import java.util.TreeMap;

/**
 * One op as BuildKit's provenance has it: the Go form of its protobuf message. Unlike the protobuf form that {@code llbjson}
 * writes, it has numbers for enumerations and large integers, and no inputs.
 */
final class StepOp implements Op.Visitor<Map<String, Object>> {

    private static final StepOp KINDS = new StepOp();

    private StepOp() {}

    static Map<String, Object> of(Vertex vertex) {
        GoMembers members =
                new GoMembers().with("Op", vertex.op().accept(KINDS)).with("constraints", Map.of());
        vertex.platform().ifPresent(platform -> members.with("platform", platform(platform)));
        return members.toMap();
    }

    /** The op at the end of a definition, which does nothing. */
    static Map<String, Object> terminal() {
        return Map.of("Op", Map.of());
    }

    /** The session differs in each build, and does not influence the result. */
    @Override
    public Map<String, Object> visitSource(SourceOp op) {
        Map<String, String> attributes = new TreeMap<>(op.attributes());
        attributes.remove("local.session");
        attributes.remove("local.unique");
        attributes.remove("oci.session");
        return Map.of(
                "source",
                new GoMembers()
                        .text("identifier", op.identifier())
                        .map("attrs", attributes)
                        .toMap());
    }

    @Override
    public Map<String, Object> visitExec(ExecOp op) {
        return Map.of("exec", StepProcess.of(op));
    }

    @Override
    public Map<String, Object> visitFile(FileOp op) {
        return Map.of(
                "file",
                new GoMembers()
                        .list(
                                "actions",
                                op.actions().stream().map(StepAction::of).toList())
                        .toMap());
    }

    @Override
    public Map<String, Object> visitMerge(MergeOp op) {
        return Map.of(
                "merge",
                new GoMembers()
                        .list("inputs", op.inputs().stream().map(StepOp::input).toList())
                        .toMap());
    }

    @Override
    public Map<String, Object> visitDiff(DiffOp op) {
        return Map.of(
                "diff",
                new GoMembers()
                        .with("lower", input(op.lower()))
                        .with("upper", input(op.upper()))
                        .toMap());
    }

    private static Map<String, Object> input(int position) {
        return new GoMembers().number("input", position).toMap();
    }

    private static Map<String, Object> platform(Platform platform) {
        return new GoMembers()
                .text("Architecture", platform.architecture())
                .text("OS", platform.os())
                .text("Variant", platform.variant())
                .text("OSVersion", platform.osVersion())
                .list("OSFeatures", platform.osFeatures())
                .toMap();
    }
}
