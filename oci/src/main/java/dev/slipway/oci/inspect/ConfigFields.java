package dev.slipway.oci.inspect;

import dev.slipway.oci.config.ContainerConfig;
import dev.slipway.oci.config.HealthcheckConfig;
import dev.slipway.oci.config.ImageConfig;
import dev.slipway.oci.json.JsonWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of a config as text, each under its name in the document: {@code Env.PATH}, {@code Cmd}, {@code Labels.version}. */
public final class ConfigFields {

    private final Map<String, String> fields = new LinkedHashMap<>();

    private ConfigFields() {}

    /**
     * All fields that are not empty, except those about layers and times.
     *
     * @return values by name, in an order that suits readers; lists are JSON
     */
    public static Map<String, String> of(ImageConfig image) {
        ConfigFields found = new ConfigFields();
        found.platform(image);
        found.container(image.config());
        found.fields.putAll(image.otherFields());
        return Collections.unmodifiableMap(found.fields);
    }

    private void platform(ImageConfig image) {
        text("author", image.author());
        text("os", image.platform().os());
        text("architecture", image.platform().architecture());
        text("variant", image.platform().variant());
        text("os.version", image.platform().osVersion());
        list("os.features", image.platform().osFeatures());
    }

    private void container(ContainerConfig config) {
        text("User", config.user());
        text("WorkingDir", config.workingDirectory());
        for (String variable : config.environment()) {
            int equals = variable.indexOf('=');
            String name = equals < 0 ? variable : variable.substring(0, equals);
            fields.put("Env." + name, equals < 0 ? "" : variable.substring(equals + 1));
        }
        list("Entrypoint", config.entrypoint());
        list("Cmd", config.command());
        list("Shell", config.shell());
        list("OnBuild", config.onBuild());
        list("ExposedPorts", config.exposedPorts());
        list("Volumes", config.volumes());
        text("StopSignal", config.stopSignal());
        config.healthcheck().ifPresent(this::healthcheck);
        if (config.argsEscaped()) {
            text("ArgsEscaped", "true");
        }
        config.labels().forEach((name, value) -> fields.put("Labels." + name, value));
        fields.putAll(config.otherFields());
    }

    private void healthcheck(HealthcheckConfig healthcheck) {
        list("Healthcheck.Test", healthcheck.test());
        text("Healthcheck.Interval", duration(healthcheck.interval()));
        text("Healthcheck.Timeout", duration(healthcheck.timeout()));
        text("Healthcheck.StartPeriod", duration(healthcheck.startPeriod()));
        text("Healthcheck.StartInterval", duration(healthcheck.startInterval()));
        text("Healthcheck.Retries", healthcheck.retries() == 0 ? "" : String.valueOf(healthcheck.retries()));
    }

    private static String duration(Duration duration) {
        return duration.isZero() ? "" : duration.toString();
    }

    private void text(String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private void list(String name, Collection<String> values) {
        if (!values.isEmpty()) {
            fields.put(name, JsonWriter.compact().value(List.copyOf(values)).toString());
        }
    }
}
