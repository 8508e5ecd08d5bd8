package dev.slipway.oci.config;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonCompactor;
import dev.slipway.oci.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads an image config. A field that is missing or null has its default; one of a wrong type is refused by name, because a
 * half-understood config would lose the other half.
 */
final class ImageConfigReader {

    /** The members of one object that have not been read yet, by their names in lower case. */
    private final Map<String, Map.Entry<?, ?>> members = new HashMap<>();

    /** The prefix of the names of its members in messages. */
    private final String place;

    private ImageConfigReader(Map<?, ?> object, String place) {
        this.place = place;
        // Of two members with one name, the last counts.
        object.entrySet().forEach(member -> members.put(key((String) member.getKey()), member));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static ImageConfig read(Bytes json) {
        try {
            return read(json.toArray());
        } catch (JsonException e) {
            throw new InvalidImageConfigException(Reason.of(e));
        }
    }

    private static ImageConfig read(byte[] json) throws JsonException {
        if (!(Json.value(json) instanceof Map<?, ?> document)) {
            throw new InvalidImageConfigException("the document is not a JSON object");
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
                in.object("rootfs").digests("diff_ids"),
                in.history(),
                in.config(json),
                in.others(json));
    }

    private List<HistoryEntry> history() {
        List<HistoryEntry> history = new ArrayList<>();
        for (Object element : array("history")) {
            ImageConfigReader in = object(element, "history[" + history.size() + "]");
            history.add(new HistoryEntry(
                    in.time("created"),
                    in.text("created_by"),
                    in.text("author"),
                    in.text("comment"),
                    in.flag("empty_layer")));
        }
        return history;
    }

    private ContainerConfig config(byte[] document) throws JsonException {
        Map.Entry<?, ?> member = members.get("config");
        ImageConfigReader in = object("config");
        return new ContainerConfig(
                in.text("User"),
                in.keys("ExposedPorts"),
                in.list("Env"),
                in.list("Entrypoint"),
                in.list("Cmd"),
                in.keys("Volumes"),
                in.text("WorkingDir"),
                in.texts("Labels"),
                in.text("StopSignal"),
                in.flag("ArgsEscaped"),
                in.healthcheck(),
                in.list("OnBuild"),
                in.list("Shell"),
                member == null || in.members.isEmpty()
                        ? new TreeMap<>()
                        : in.others(requireNonNull(Json.members(document).get(member.getKey()))));
    }

    private Optional<HealthcheckConfig> healthcheck() {
        Object value = take("Healthcheck");
        if (value == null) {
            return Optional.empty();
        }
        ImageConfigReader in = object(value, "Healthcheck");
        return Optional.of(new HealthcheckConfig(
                in.list("Test"),
                Duration.ofNanos(in.number("Interval")),
                Duration.ofNanos(in.number("Timeout")),
                Duration.ofNanos(in.number("StartPeriod")),
                Duration.ofNanos(in.number("StartInterval")),
                in.integer("Retries")));
    }

    private @Nullable Object take(String name) {
        Map.Entry<?, ?> member = members.remove(key(name));
        return member == null ? null : member.getValue();
    }

    private <T> T take(String name, Class<T> type, String wanted, T missing) {
        Object value = take(name);
        return value == null ? missing : expect(value, name, type, wanted);
    }

    private <T> T expect(Object value, String name, Class<T> type, String wanted) {
        if (!type.isInstance(value)) {
            throw invalid(name, wanted);
        }
        return type.cast(value);
    }

    private InvalidImageConfigException invalid(String name, String wanted) {
        return new InvalidImageConfigException("\"" + place + name + "\" must " + wanted);
    }

    private String text(String name) {
        return take(name, String.class, "be a string", "");
    }

    private boolean flag(String name) {
        return take(name, Boolean.class, "be true or false", false);
    }

    private long number(String name) {
        return take(name, Long.class, "be an integer", 0L);
    }

    private int integer(String name) {
        long value = number(name);
        if (value != (int) value) {
            throw invalid(name, "be an integer");
        }
        return (int) value;
    }

    private ImageConfigReader object(String name) {
        return object(take(name), name);
    }

    private ImageConfigReader object(@Nullable Object value, String name) {
        Map<?, ?> object = value == null ? Map.of() : expect(value, name, Map.class, "be an object");
        return new ImageConfigReader(object, place + name + ".");
    }

    private List<?> array(String name) {
        return take(name, List.class, "be a list", List.of());
    }

    private List<String> list(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : array(name)) {
            texts.add(element == null ? "" : expect(element, name, String.class, "hold strings"));
        }
        return texts;
    }

    private List<Digest> digests(String name) {
        List<Digest> digests = new ArrayList<>();
        for (String text : list(name)) {
            try {
                digests.add(Digest.parse(text));
            } catch (IllegalArgumentException e) {
                throw invalid(name, "hold digests: " + e.getMessage());
            }
        }
        return digests;
    }

    private SortedSet<String> keys(String name) {
        List<String> keys = new ArrayList<>();
        map(name).keySet().forEach(key -> keys.add((String) key));
        return ContainerConfig.sorted(keys);
    }

    private SortedMap<String, String> texts(String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        map(name)
                .forEach((key, value) -> texts.put(
                        (String) key, value == null ? "" : expect(value, name, String.class, "hold strings")));
        return texts;
    }

    private Map<?, ?> map(String name) {
        return take(name, Map.class, "be an object", Map.of());
    }

    private Optional<OffsetDateTime> time(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text));
        } catch (DateTimeException e) {
            throw invalid(name, "be a time: " + text);
        }
    }

    /**
     * The members that have not been read, as JSON.
     *
     * @param object the text of the whole object
     */
    private SortedMap<String, String> others(byte[] object) throws JsonException {
        SortedMap<String, String> others = new TreeMap<>();
        if (!members.isEmpty()) {
            SortedMap<String, byte[]> texts = Json.members(object);
            for (Map.Entry<?, ?> member : members.values()) {
                String name = (String) member.getKey();
                others.put(
                        name,
                        new String(JsonCompactor.compact(requireNonNull(texts.get(name))), StandardCharsets.UTF_8));
            }
        }
        return others;
    }
}
