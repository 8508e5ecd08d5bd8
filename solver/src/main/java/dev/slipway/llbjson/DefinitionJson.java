package dev.slipway.llbjson;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes definitions as JSON: {@code {"platform", "head", "vertices": [{"digest", "op", "metadata"}], "image", "source"}}, the
 * vertices in the order of the definition with the terminal op last. An empty definition has no head and no vertices.
 */
public final class DefinitionJson {

    private static final JsonFactory JSON = new JsonFactory();

    private DefinitionJson() {}

    /**
     * Writes a definition, indented. The writer stays open.
     *
     * @param platform the platform that it is for
     * @param image the config document of its image
     */
    public static void write(Platform platform, Definition definition, Bytes image, Writer writer) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(writer)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("platform", platform.formatAll());
            members(json, definition);
            json.writeFieldName("image");
            json.writeRawValue(new String(image.toArray(), StandardCharsets.UTF_8));
            SourceJson.write(json, definition);
            json.writeEndObject();
        }
    }

    /** Head and vertices of a definition without its source, on one line. */
    public static String withoutSource(Definition definition) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members(json, definition);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written", e);
        }
        return text.toString();
    }

    /** The op of one vertex, on one line. */
    public static String op(Vertex vertex) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            OpJson.write(json, vertex);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string can always be written", e);
        }
        return text.toString();
    }

    private static void members(JsonGenerator json, Definition definition) throws IOException {
        if (definition.result().isEmpty()) {
            return;
        }
        Digest head = definition.head().orElseThrow();
        json.writeStringField("head", head.toString());
        json.writeArrayFieldStart("vertices");
        for (Vertex vertex : definition.vertices()) {
            start(json, vertex.digest());
            OpJson.write(json, vertex);
            end(json, vertex.metadata());
        }
        start(json, head);
        OpJson.inputs(json, List.of(definition.result().get()));
        end(json, definition.headMetadata());
        json.writeEndArray();
    }

    private static void start(JsonGenerator json, Digest digest) throws IOException {
        json.writeStartObject();
        json.writeStringField("digest", digest.toString());
        json.writeObjectFieldStart("op");
    }

    private static void end(JsonGenerator json, VertexMetadata metadata) throws IOException {
        json.writeEndObject();
        json.writeObjectFieldStart("metadata");
        MetadataJson.write(json, metadata);
        json.writeEndObject();
        json.writeEndObject();
    }
}
