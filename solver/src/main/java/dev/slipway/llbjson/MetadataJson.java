package dev.slipway.llbjson;

import dev.slipway.llb.VertexMetadata;
import dev.slipway.oci.json.JsonWriter;

/** The members of a vertex's metadata, by the names of BuildKit's own JSON. */
final class MetadataJson {

    private MetadataJson() {}

    static void write(JsonWriter json, VertexMetadata metadata) {
        ProtoJson.flag(json, "ignore_cache", metadata.ignoreCache());
        if (!metadata.description().isEmpty()) {
            json.member("description", metadata.description());
        }
        if (!metadata.capabilities().isEmpty()) {
            json.startObject("caps");
            for (String capability : metadata.capabilities()) {
                json.member(capability, true);
            }
            json.endObject();
        }
        if (metadata.progressGroup().isPresent()) {
            ProtoJson.object(json, "progress_group", metadata.progressGroup().get(), (out, group) -> {
                ProtoJson.text(out, "id", group.id());
                ProtoJson.text(out, "name", group.name());
                ProtoJson.flag(out, "weak", group.weak());
            });
        }
        if (!metadata.linuxResources().isEmpty()) {
            json.startObject("linux_resources");
            for (var entry : metadata.linuxResources().entrySet()) {
                if (entry.getKey().startsWith("cpuset")) {
                    json.member(entry.getKey(), entry.getValue());
                } else {
                    json.member(entry.getKey(), Long.parseLong(entry.getValue()));
                }
            }
            json.endObject();
        }
    }
}
