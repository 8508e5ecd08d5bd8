package dev.slipway.llbjson;

import dev.slipway.llb.DiffOp;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.MergeOp;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.json.JsonWriter;
import java.util.List;
import java.util.SortedMap;

/** The members of one op. */
final class OpJson implements Op.Visitor<ProtoJson.Members<String>> {

    private static final OpJson KINDS = new OpJson();

    private OpJson() {}

    static void write(JsonWriter json, Vertex vertex) {
        inputs(json, vertex.inputs());
        vertex.op().accept(KINDS).write(json, "");
        if (vertex.platform().isPresent()) {
            ProtoJson.object(json, "platform", vertex.platform().get(), OpJson::platform);
        }
        json.startObject("constraints");
        json.endObject();
    }

    static void inputs(JsonWriter json, List<Edge> inputs) {
        ProtoJson.objects(json, "inputs", inputs, (out, input) -> {
            out.member("digest", input.vertex().digest().toString());
            ProtoJson.int64(out, "index", input.output());
        });
    }

    @Override
    public ProtoJson.Members<String> visitSource(SourceOp op) {
        return (json, none) -> ProtoJson.object(json, "source", op, (out, source) -> {
            ProtoJson.text(out, "identifier", source.identifier());
            attributes(out, source.attributes());
        });
    }

    @Override
    public ProtoJson.Members<String> visitExec(ExecOp op) {
        return (json, none) -> ProtoJson.object(json, "exec", op, ExecJson::write);
    }

    @Override
    public ProtoJson.Members<String> visitFile(FileOp op) {
        return (json, none) -> ProtoJson.object(
                json, "file", op, (out, file) -> ProtoJson.objects(out, "actions", file.actions(), FileJson::action));
    }

    @Override
    public ProtoJson.Members<String> visitMerge(MergeOp op) {
        return (json, none) -> ProtoJson.object(
                json, "merge", op, (out, merge) -> ProtoJson.objects(out, "inputs", merge.inputs(), OpJson::position));
    }

    @Override
    public ProtoJson.Members<String> visitDiff(DiffOp op) {
        return (json, none) -> ProtoJson.object(json, "diff", op, (out, diff) -> {
            ProtoJson.object(out, "lower", diff.lower(), OpJson::position);
            ProtoJson.object(out, "upper", diff.upper(), OpJson::position);
        });
    }

    private static void position(JsonWriter json, int input) {
        ProtoJson.int64(json, "input", input);
    }

    private static void attributes(JsonWriter json, SortedMap<String, String> attributes) {
        if (!attributes.isEmpty()) {
            json.member("attrs", attributes);
        }
    }

    private static void platform(JsonWriter json, Platform platform) {
        ProtoJson.text(json, "Architecture", platform.architecture());
        ProtoJson.text(json, "OS", platform.os());
        ProtoJson.text(json, "Variant", platform.variant());
        ProtoJson.text(json, "OSVersion", platform.osVersion());
        ProtoJson.texts(json, "OSFeatures", platform.osFeatures());
    }
}
