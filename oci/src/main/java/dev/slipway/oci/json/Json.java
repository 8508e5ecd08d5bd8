package dev.slipway.oci.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads JSON. Of two members with one name, the last counts, as in Go. */
public final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(64 << 20)
                    .build())
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .build();

    private Json() {}

    /**
     * Reads a document that is an object.
     *
     * @throws JsonException if it is not
     */
    public static JsonObject object(byte[] document) throws JsonException {
        Object value = value(document);
        if (value instanceof Map<?, ?> members) {
            return new JsonObject("", members);
        }
        throw new JsonException("the document is not a JSON object");
    }

    /**
     * Reads a document that is a list of objects.
     *
     * @throws JsonException if it is not
     */
    public static List<JsonObject> objects(byte[] document) throws JsonException {
        return new JsonObject("", Map.of("list", value(document))).objects("list");
    }

    /**
     * Reads a document into strings, longs, big integers beyond them, doubles, booleans, nulls, lists and maps (in the order of
     * the document).
     *
     * @throws JsonException if it is no JSON
     */
    public static @Nullable Object value(byte[] document) throws JsonException {
        return parse(document, parser -> {
                    parser.nextToken();
                    return Optional.ofNullable(read(parser));
                })
                .orElse(null);
    }

    /**
     * Splits a document that is an object into its members, each value as its own bytes in the document.
     *
     * @throws JsonException if it is not a JSON object
     */
    public static SortedMap<String, byte[]> members(byte[] document) throws JsonException {
        return parse(document, parser -> {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonException("the document is not a JSON object");
            }
            SortedMap<String, byte[]> members = new TreeMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                int to = (int) parser.currentLocation().getByteOffset();
                members.put(name, Arrays.copyOfRange(document, from, to));
            }
            return members;
        });
    }

    private interface Reading<T> {
        T from(JsonParser parser) throws IOException;
    }

    private static <T> T parse(byte[] document, Reading<T> reading) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(document)) {
            T result = reading.from(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("something follows the end of the JSON document");
            }
            return result;
        } catch (JsonException e) {
            throw e;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new JsonException("the document is not valid JSON"
                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (IOException e) {
            throw new JsonException("the document is not valid JSON");
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonException("the document is empty");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, read(parser));
                }
                yield members;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(read(parser));
                }
                yield items;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> parser.getLongValue();
                    default -> parser.getBigIntegerValue();
                };
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonException("unexpected " + token);
        };
    }
}
