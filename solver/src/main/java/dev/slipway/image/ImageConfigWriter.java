package dev.slipway.image;

import dev.slipway.json.GoJson;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes an image config as Go's {@code encoding/json} writes Docker's struct: order of fields, what is left out, escapes. */
final class ImageConfigWriter {

    private final StringJoiner members = new StringJoiner(",", "{", "}");

    private ImageConfigWriter() {}

    static String write(ImageConfig image) {
        ImageConfigWriter out = new ImageConfigWriter();
        out.time("created", image.created());
        out.text("author", image.author());
        out.raw("architecture", GoJson.string(image.platform().architecture()));
        out.raw("os", GoJson.string(image.platform().os()));
        out.text("os.version", image.platform().osVersion());
        out.list("os.features", image.platform().osFeatures());
        out.text("variant", image.platform().variant());
        out.raw("rootfs", rootFilesystem(image.diffIds()));
        out.rawList(
                "history",
                image.history().stream().map(ImageConfigWriter::history).toList());
        out.raw("config", config(image.config()));
        image.otherFields().forEach(out::raw);
        return out.members.toString();
    }

    /** The list of an image without layers is null, not empty. */
    private static String rootFilesystem(List<String> diffIds) {
        ImageConfigWriter out = new ImageConfigWriter();
        out.raw("type", "\"layers\"");
        out.raw("diff_ids", diffIds.isEmpty() ? "null" : GoJson.array(diffIds));
        return out.members.toString();
    }

    private static String history(HistoryEntry entry) {
        ImageConfigWriter out = new ImageConfigWriter();
        out.time("created", entry.created());
        out.text("created_by", entry.createdBy());
        out.text("author", entry.author());
        out.text("comment", entry.comment());
        out.flag("empty_layer", entry.emptyLayer());
        return out.members.toString();
    }

    private static String config(ContainerConfig config) {
        ImageConfigWriter out = new ImageConfigWriter();
        out.text("User", config.user());
        out.set("ExposedPorts", config.exposedPorts());
        out.list("Env", config.environment());
        out.list("Entrypoint", config.entrypoint());
        out.list("Cmd", config.command());
        out.set("Volumes", config.volumes());
        out.text("WorkingDir", config.workingDirectory());
        out.map("Labels", config.labels());
        out.text("StopSignal", config.stopSignal());
        out.flag("ArgsEscaped", config.argsEscaped());
        config.healthcheck().ifPresent(healthcheck -> out.raw("Healthcheck", healthcheck(healthcheck)));
        out.list("OnBuild", config.onBuild());
        out.list("Shell", config.shell());
        config.otherFields().forEach(out::raw);
        return out.members.toString();
    }

    private static String healthcheck(Healthcheck healthcheck) {
        ImageConfigWriter out = new ImageConfigWriter();
        out.list("Test", healthcheck.test());
        out.duration("Interval", healthcheck.interval());
        out.duration("Timeout", healthcheck.timeout());
        out.duration("StartPeriod", healthcheck.startPeriod());
        out.duration("StartInterval", healthcheck.startInterval());
        out.number("Retries", healthcheck.retries());
        return out.members.toString();
    }

    private void time(String name, Optional<OffsetDateTime> time) {
        time.ifPresent(value -> raw(name, GoJson.string(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value))));
    }

    private void text(String name, String value) {
        if (!value.isEmpty()) {
            raw(name, GoJson.string(value));
        }
    }

    private void flag(String name, boolean value) {
        if (value) {
            raw(name, "true");
        }
    }

    private void number(String name, long value) {
        if (value != 0) {
            raw(name, Long.toString(value));
        }
    }

    private void duration(String name, Duration value) {
        number(name, value.toNanos());
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            raw(name, GoJson.array(values));
        }
    }

    private void rawList(String name, List<String> values) {
        if (!values.isEmpty()) {
            raw(name, "[" + String.join(",", values) + "]");
        }
    }

    private void set(String name, Collection<String> keys) {
        if (!keys.isEmpty()) {
            raw(name, keys.stream().map(key -> GoJson.string(key) + ":{}").collect(Collectors.joining(",", "{", "}")));
        }
    }

    private void map(String name, SortedMap<String, String> values) {
        if (!values.isEmpty()) {
            raw(
                    name,
                    values.entrySet().stream()
                            .map(entry -> GoJson.string(entry.getKey()) + ":" + GoJson.string(entry.getValue()))
                            .collect(Collectors.joining(",", "{", "}")));
        }
    }

    private void raw(String name, String json) {
        members.add(GoJson.string(name) + ":" + json);
    }
}
