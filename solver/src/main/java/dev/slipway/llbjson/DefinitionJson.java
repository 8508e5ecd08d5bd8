package dev.slipway.llbjson;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.oci.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes definitions as JSON: {@code {"platform", "head", "vertices": [{"digest", "op", "metadata"}], "image", "source"}}, the
 * vertices in the order of the definition with the terminal op last. An empty definition has no head and no vertices.
 */
public final class DefinitionJson {

    private DefinitionJson() {}

    /**
     * A definition, indented.
     *
     * @param platform the platform that it is for
     * @param image the config document of its image
     */
    public static String write(Platform platform, Definition definition, Bytes image) {
        JsonWriter json = JsonWriter.readable().startObject();
        json.member("platform", platform.formatAll());
        members(json, definition);
        json.jsonMember("image", new String(image.toArray(), StandardCharsets.UTF_8));
        SourceJson.write(json, definition);
        return json.endObject().toString();
    }

    /** Head and vertices of a definition without its source, on one line. */
    public static String withoutSource(Definition definition) {
        JsonWriter json = JsonWriter.compact().startObject();
        members(json, definition);
        return json.endObject().toString();
    }

    /** The op of one vertex, on one line. */
    public static String op(Vertex vertex) {
        JsonWriter json = JsonWriter.compact().startObject();
        OpJson.write(json, vertex);
        return json.endObject().toString();
    }

    private static void members(JsonWriter json, Definition definition) {
        if (definition.result().isEmpty()) {
            return;
        }
        Digest head = definition.head().orElseThrow();
        json.member("head", head.toString());
        json.startArray("vertices");
        for (Vertex vertex : definition.vertices()) {
            start(json, vertex.digest());
            OpJson.write(json, vertex);
            end(json, vertex.metadata());
        }
        start(json, head);
        OpJson.inputs(json, List.of(definition.result().get()));
        end(json, definition.headMetadata());
        json.endArray();
    }

    private static void start(JsonWriter json, Digest digest) {
        json.startObject();
        json.member("digest", digest.toString());
        json.startObject("op");
    }

    private static void end(JsonWriter json, VertexMetadata metadata) {
        json.endObject();
        json.startObject("metadata");
        MetadataJson.write(json, metadata);
        json.endObject();
        json.endObject();
    }
}
