package dev.slipway.local.exec;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.cgroup.DeviceRule;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a step needs of the machine that its vertex does not say.
 *
 * @param devices what it is given for the devices that it names
 * @param limits of its control group, by BuildKit's names
 */
public record StepNeeds(ContainerEdits devices, SortedMap<String, String> limits) {

    public StepNeeds {
        requireNonNull(devices, "devices is null");
        limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }

    /** Which devices it may open: those that every step may, and what it is given. */
    DeviceRule deviceRule() {
        return DeviceRule.allowing(devices.nodes().stream()
                .filter(node -> !node.type().equals("p"))
                .map(node -> new DeviceRule.Allowed(node.type().equals("b") ? 'b' : 'c', node.major(), node.minor()))
                .toList());
    }

    /** What a step needs. */
    public static StepNeeds of(ContainerEdits devices, Map<String, String> limits) {
        return new StepNeeds(devices, new TreeMap<>(limits));
    }
}
