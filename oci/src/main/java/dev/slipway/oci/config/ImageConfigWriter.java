package dev.slipway.oci.config;

import dev.slipway.llb.Digest;
import dev.slipway.oci.json.JsonWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes an image config as Go's {@code encoding/json} writes Docker's struct: the same order of fields, omissions and escapes.
 */
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
        image.created().ifPresent(time -> json.member("created", Timestamps.format(time)));
        text("author", image.author());
        json.member("architecture", image.platform().architecture());
        json.member("os", image.platform().os());
        text("os.version", image.platform().osVersion());
        list("os.features", image.platform().osFeatures());
        text("variant", image.platform().variant());
        rootFilesystem(image.diffIds());
        if (!image.history().isEmpty()) {
            json.startArray("history");
            image.history().forEach(entry -> entry.write(json));
            json.endArray();
        }
        config(image.config());
        image.otherFields().forEach(json::jsonMember);
        json.endObject();
    }

    /** The list of an image without layers is null, not empty. */
    private void rootFilesystem(List<Digest> diffIds) {
        json.startObject("rootfs").member("type", "layers");
        List<String> texts = diffIds.stream().map(Digest::toString).toList();
        json.member("diff_ids", texts.isEmpty() ? null : texts).endObject();
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

    private void healthcheck(HealthcheckConfig healthcheck) {
        json.startObject("Healthcheck");
        list("Test", healthcheck.test());
        duration("Interval", healthcheck.interval());
        duration("Timeout", healthcheck.timeout());
        duration("StartPeriod", healthcheck.startPeriod());
        duration("StartInterval", healthcheck.startInterval());
        number("Retries", healthcheck.retries());
        json.endObject();
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
