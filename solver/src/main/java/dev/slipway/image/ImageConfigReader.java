package dev.slipway.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Platform;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads an image config. A field that is missing or null has its default; one of a wrong type is refused by name, for a config
 * that is half understood would lose the other half.
 */
final class ImageConfigReader {

    /** The members of one object that are still to be read, by their names in lower case. */
    private final Map<String, Map.Entry<String, JsonNode>> members = new HashMap<>();

    private ImageConfigReader(JsonNode object, String name) {
        if (!object.isObject() && !isAbsent(object)) {
            throw new InvalidImageConfigException("\"" + name + "\" must be an object");
        }
        // Of two members of one name the last counts.
        object.properties().forEach(member -> members.put(key(member.getKey()), member));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static ImageConfig read(Bytes json) {
        JsonNode document;
        try {
            document = JsonTree.read(json.toArray());
        } catch (JsonProcessingException e) {
            throw new InvalidImageConfigException("the document is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidImageConfigException("the document is no JSON: " + e.getMessage());
        }
        if (!document.isObject()) {
            throw new InvalidImageConfigException("the document is no JSON object");
        }
        ImageConfigReader in = new ImageConfigReader(document, "");
        Platform platform = new Platform(
                in.text("os"),
                in.text("architecture"),
                in.text("variant"),
                in.text("os.version"),
                in.list("os.features"));
        return new ImageConfig(
                in.time("created"),
                in.text("author"),
                platform,
                new ImageConfigReader(in.take("rootfs"), "rootfs").list("diff_ids"),
                in.history(),
                config(in.take("config")),
                in.others());
    }

    private List<HistoryEntry> history() {
        List<HistoryEntry> history = new ArrayList<>();
        for (JsonNode element : array("history")) {
            ImageConfigReader in = new ImageConfigReader(element, "history");
            history.add(new HistoryEntry(
                    in.time("created"),
                    in.text("created_by"),
                    in.text("author"),
                    in.text("comment"),
                    in.flag("empty_layer")));
        }
        return history;
    }

    private static ContainerConfig config(JsonNode object) {
        ImageConfigReader in = new ImageConfigReader(object, "config");
        return new ContainerConfig(
                in.text("User"),
                ContainerConfig.sorted(in.keys("ExposedPorts")),
                in.list("Env"),
                in.list("Entrypoint"),
                in.list("Cmd"),
                ContainerConfig.sorted(in.keys("Volumes")),
                in.text("WorkingDir"),
                in.map("Labels", value -> string(value, "Labels")),
                in.text("StopSignal"),
                in.flag("ArgsEscaped"),
                healthcheck(in.take("Healthcheck")),
                in.list("OnBuild"),
                in.list("Shell"),
                in.others());
    }

    private static Optional<Healthcheck> healthcheck(JsonNode object) {
        if (isAbsent(object)) {
            return Optional.empty();
        }
        ImageConfigReader in = new ImageConfigReader(object, "Healthcheck");
        return Optional.of(new Healthcheck(
                in.list("Test"),
                Duration.ofNanos(in.number("Interval")),
                Duration.ofNanos(in.number("Timeout")),
                Duration.ofNanos(in.number("StartPeriod")),
                Duration.ofNanos(in.number("StartInterval")),
                in.integer("Retries")));
    }

    private JsonNode take(String name) {
        Map.Entry<String, JsonNode> member = members.remove(key(name));
        return member == null ? MissingNode.getInstance() : member.getValue();
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private JsonNode take(String name, JsonNodeType type, String wanted) {
        JsonNode value = take(name);
        if (!isAbsent(value) && value.getNodeType() != type) {
            throw new InvalidImageConfigException("\"" + name + "\" must be " + wanted);
        }
        return value;
    }

    private String text(String name) {
        return take(name, JsonNodeType.STRING, "a string").asText("");
    }

    private boolean flag(String name) {
        return take(name, JsonNodeType.BOOLEAN, "true or false").asBoolean();
    }

    private long number(String name) {
        JsonNode value = take(name, JsonNodeType.NUMBER, "an integer");
        if (!isAbsent(value) && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw new InvalidImageConfigException("\"" + name + "\" must be an integer");
        }
        return value.asLong();
    }

    private int integer(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw new InvalidImageConfigException("\"" + name + "\" must be an integer");
        }
        return (int) value;
    }

    private JsonNode array(String name) {
        return take(name, JsonNodeType.ARRAY, "a list");
    }

    private List<String> list(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            texts.add(string(element, name));
        }
        return texts;
    }

    private Set<String> keys(String name) {
        return map(name, value -> "").keySet();
    }

    private SortedMap<String, String> map(String name, Function<JsonNode, String> reader) {
        SortedMap<String, String> texts = new TreeMap<>();
        take(name, JsonNodeType.OBJECT, "an object")
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), reader.apply(entry.getValue())));
        return texts;
    }

    private static String string(JsonNode value, String name) {
        if (!value.isTextual() && !value.isNull()) {
            throw new InvalidImageConfigException("\"" + name + "\" must hold strings");
        }
        return value.asText("");
    }

    private Optional<OffsetDateTime> time(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            throw new InvalidImageConfigException("\"" + name + "\" must be a time: " + text);
        }
    }

    /** What has not been read, as JSON. */
    private SortedMap<String, String> others() {
        SortedMap<String, String> others = new TreeMap<>();
        members.values()
                .forEach(member -> others.put(member.getKey(), member.getValue().toString()));
        return others;
    }
}
