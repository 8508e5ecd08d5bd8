package dev.slipway.llbjson;

import dev.slipway.llb.Definition;
import dev.slipway.llb.SourceLocation.Range;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where each vertex of a definition comes from: {@code {"locations": {digest: [...]}, "infos": [...]}}. */
final class SourceJson {

    private SourceJson() {}

    static void write(JsonWriter json, Definition definition) {
        Map<SourceFile, Integer> files = new LinkedHashMap<>();
        json.startObject("source");
        json.startObject("locations");
        for (Vertex vertex : definition.vertices()) {
            json.startObject(vertex.digest().toString());
            ProtoJson.objects(json, "locations", vertex.metadata().locations(), (out, location) -> {
                Integer known = files.putIfAbsent(location.file(), files.size());
                ProtoJson.int32(out, "sourceIndex", known == null ? files.size() - 1 : known);
                ProtoJson.objects(out, "ranges", location.ranges(), SourceJson::range);
            });
            json.endObject();
        }
        json.endObject();
        ProtoJson.objects(json, "infos", files.keySet(), (out, file) -> {
            ProtoJson.text(out, "filename", file.name());
            out.member("data", file.data());
            ProtoJson.text(out, "language", file.language());
        });
        json.endObject();
    }

    private static void range(JsonWriter json, Range range) {
        ProtoJson.object(json, "start", range, (out, value) -> {
            ProtoJson.int32(out, "line", value.startLine());
            ProtoJson.int32(out, "character", value.startCharacter());
        });
        ProtoJson.object(json, "end", range, (out, value) -> {
            ProtoJson.int32(out, "line", value.endLine());
            ProtoJson.int32(out, "character", value.endCharacter());
        });
    }
}
