package dev.slipway.image;

import dev.slipway.oci.json.JsonWriter;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an image config as Go's {@code encoding/json} writes Docker's struct: order of fields, what is left out, escapes. */
final class ImageConfigWriter {

    private final JsonWriter json = JsonWriter.go();

    private ImageConfigWriter() {}

    static String write(ImageConfig image) {
        ImageConfigWriter out = new ImageConfigWriter();
        out.image(image);
        return out.json.toString();
    }

    private void image(ImageConfig image) {
        json.startObject();
        time("created", image.created());
        text("author", image.author());
        json.member("architecture", image.platform().architecture());
        json.member("os", image.platform().os());
        text("os.version", image.platform().osVersion());
        list("os.features", image.platform().osFeatures());
        text("variant", image.platform().variant());
        rootFilesystem(image.diffIds());
        if (!image.history().isEmpty()) {
            json.startArray("history");
            image.history().forEach(this::history);
            json.endArray();
        }
        config(image.config());
        image.otherFields().forEach(json::jsonMember);
        json.endObject();
    }

    /** The list of an image without layers is null, not empty. */
    private void rootFilesystem(List<String> diffIds) {
        json.startObject("rootfs").member("type", "layers");
        json.member("diff_ids", diffIds.isEmpty() ? null : diffIds).endObject();
    }

    private void history(HistoryEntry entry) {
        json.startObject();
        time("created", entry.created());
        text("created_by", entry.createdBy());
        text("author", entry.author());
        text("comment", entry.comment());
        flag("empty_layer", entry.emptyLayer());
        json.endObject();
    }

    private void config(ContainerConfig config) {
        json.startObject("config");
        text("User", config.user());
        set("ExposedPorts", config.exposedPorts());
        list("Env", config.environment());
        list("Entrypoint", config.entrypoint());
        list("Cmd", config.command());
        set("Volumes", config.volumes());
        text("WorkingDir", config.workingDirectory());
        if (!config.labels().isEmpty()) {
            json.member("Labels", config.labels());
        }
        text("StopSignal", config.stopSignal());
        flag("ArgsEscaped", config.argsEscaped());
        config.healthcheck().ifPresent(this::healthcheck);
        list("OnBuild", config.onBuild());
        list("Shell", config.shell());
        config.otherFields().forEach(json::jsonMember);
        json.endObject();
    }

    private void healthcheck(Healthcheck healthcheck) {
        json.startObject("Healthcheck");
        list("Test", healthcheck.test());
        duration("Interval", healthcheck.interval());
        duration("Timeout", healthcheck.timeout());
        duration("StartPeriod", healthcheck.startPeriod());
        duration("StartInterval", healthcheck.startInterval());
        number("Retries", healthcheck.retries());
        json.endObject();
    }

    private void time(String name, Optional<OffsetDateTime> time) {
        time.ifPresent(value -> json.member(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value)));
    }

    private void text(String name, String value) {
        if (!value.isEmpty()) {
            json.member(name, value);
        }
    }

    private void flag(String name, boolean value) {
        if (value) {
            json.member(name, true);
        }
    }

    private void number(String name, long value) {
        if (value != 0) {
            json.member(name, value);
        }
    }

    private void duration(String name, Duration value) {
        number(name, value.toNanos());
    }

    private void list(String name, List<String> values) {
        if (!values.isEmpty()) {
            json.member(name, values);
        }
    }

    /** A set is an object whose members are empty objects. */
    private void set(String name, Collection<String> keys) {
        if (!keys.isEmpty()) {
            json.startObject(name);
            keys.forEach(key -> json.member(key, Map.of()));
            json.endObject();
        }
    }
}
