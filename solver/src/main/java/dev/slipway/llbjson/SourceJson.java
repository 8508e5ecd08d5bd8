package dev.slipway.llbjson;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.llb.Definition;
import dev.slipway.llb.SourceLocation.Range;
import dev.slipway.llb.SourceLocation.SourceFile;
import dev.slipway.llb.Vertex;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where each vertex of a definition comes from: {@code {"locations": {digest: [...]}, "infos": [...]}}. */
final class SourceJson {

    private SourceJson() {}

    static void write(JsonGenerator json, Definition definition) throws IOException {
        Map<SourceFile, Integer> files = new LinkedHashMap<>();
        json.writeObjectFieldStart("source");
        json.writeObjectFieldStart("locations");
        for (Vertex vertex : definition.vertices()) {
            json.writeObjectFieldStart(vertex.digest().toString());
            ProtoJson.objects(json, "locations", vertex.metadata().locations(), (out, location) -> {
                Integer known = files.putIfAbsent(location.file(), files.size());
                ProtoJson.int32(out, "sourceIndex", known == null ? files.size() - 1 : known);
                ProtoJson.objects(out, "ranges", location.ranges(), SourceJson::range);
            });
            json.writeEndObject();
        }
        json.writeEndObject();
        ProtoJson.objects(json, "infos", files.keySet(), (out, file) -> {
            ProtoJson.text(out, "filename", file.name());
            out.writeBinaryField("data", file.data().toArray());
            ProtoJson.text(out, "language", file.language());
        });
        json.writeEndObject();
    }

    private static void range(JsonGenerator json, Range range) throws IOException {
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
