package dev.slipway.llbjson;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.llb.VertexMetadata;
import java.io.IOException;

/** The members of a vertex's metadata, by the names of BuildKit's own JSON. */
final class MetadataJson {

    private MetadataJson() {}

    static void write(JsonGenerator json, VertexMetadata metadata) throws IOException {
        ProtoJson.flag(json, "ignore_cache", metadata.ignoreCache());
        if (!metadata.description().isEmpty()) {
            json.writeObjectFieldStart("description");
            for (var entry : metadata.description().entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        if (!metadata.capabilities().isEmpty()) {
            json.writeObjectFieldStart("caps");
            for (String capability : metadata.capabilities()) {
                json.writeBooleanField(capability, true);
            }
            json.writeEndObject();
        }
        if (metadata.progressGroup().isPresent()) {
            ProtoJson.object(json, "progress_group", metadata.progressGroup().get(), (out, group) -> {
                ProtoJson.text(out, "id", group.id());
                ProtoJson.text(out, "name", group.name());
                ProtoJson.flag(out, "weak", group.weak());
            });
        }
        if (!metadata.linuxResources().isEmpty()) {
            json.writeObjectFieldStart("linux_resources");
            for (var entry : metadata.linuxResources().entrySet()) {
                if (entry.getKey().startsWith("cpuset")) {
                    json.writeStringField(entry.getKey(), entry.getValue());
                } else {
                    json.writeNumberField(entry.getKey(), Long.parseLong(entry.getValue()));
                }
            }
            json.writeEndObject();
        }
    }
}
