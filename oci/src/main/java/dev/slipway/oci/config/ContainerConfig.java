package dev.slipway.oci.config;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.Utf8Order;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a container of an image is started. An empty value means that it is absent.
 *
 * @param user name or number, with a group or without
 * @param exposedPorts such as {@code 80/tcp}
 * @param environment {@code NAME=value}
 * @param entrypoint the program and its first arguments
 * @param command further arguments, or the program if there is no entrypoint
 * @param volumes folders whose content is not part of the container
 * @param workingDirectory where the program starts
 * @param labels by name
 * @param stopSignal the signal that ends the program
 * @param argsEscaped whether the command is one text that is escaped already; matters on Windows
 * @param healthcheck how its health is checked
 * @param onBuild instructions for Dockerfiles that build on the image
 * @param shell what runs commands in shell form
 * @param otherFields the JSON of fields that Docker does not know
 */
public record ContainerConfig(
        String user,
        SortedSet<String> exposedPorts,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        SortedSet<String> volumes,
        String workingDirectory,
        SortedMap<String, String> labels,
        String stopSignal,
        boolean argsEscaped,
        Optional<HealthcheckConfig> healthcheck,
        List<String> onBuild,
        List<String> shell,
        SortedMap<String, String> otherFields) {

    public ContainerConfig {
        requireNonNull(user, "user is null");
        exposedPorts = sorted(exposedPorts);
        environment = List.copyOf(requireNonNull(environment, "environment is null"));
        entrypoint = List.copyOf(requireNonNull(entrypoint, "entrypoint is null"));
        command = List.copyOf(requireNonNull(command, "command is null"));
        volumes = sorted(volumes);
        requireNonNull(workingDirectory, "workingDirectory is null");
        labels = sorted(labels);
        requireNonNull(stopSignal, "stopSignal is null");
        requireNonNull(healthcheck, "healthcheck is null");
        onBuild = List.copyOf(requireNonNull(onBuild, "onBuild is null"));
        shell = List.copyOf(requireNonNull(shell, "shell is null"));
        otherFields = sorted(otherFields);
    }

    static SortedSet<String> sorted(Collection<String> texts) {
        TreeSet<String> copy = new TreeSet<>(Utf8Order.INSTANCE);
        copy.addAll(texts);
        return Collections.unmodifiableSortedSet(copy);
    }

    static SortedMap<String, String> sorted(Map<String, String> texts) {
        TreeMap<String, String> copy = new TreeMap<>(Utf8Order.INSTANCE);
        copy.putAll(texts);
        return Collections.unmodifiableSortedMap(copy);
    }
}
