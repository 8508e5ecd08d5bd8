package dev.slipway;

import dev.slipway.frontend.ProcessOptions;
import dev.slipway.frontend.value.ExtraHosts;
import dev.slipway.frontend.value.Ulimits;
import dev.slipway.llb.ExecOp.NetworkMode;
import java.util.List;
import java.util.TreeMap;

/** What a request asks of every process, as the frontend wants it. */
final class ProcessSettings {

    private ProcessSettings() {}

    static ProcessOptions of(BuildRequest request) {
        try {
            return new ProcessOptions(
                    network(request.network()),
                    "",
                    request.extraHosts().stream().map(ExtraHosts::parse).toList(),
                    request.ulimits().stream().map(Ulimits::parse).toList(),
                    request.shmSize(),
                    request.cgroupParent(),
                    List.of(),
                    new TreeMap<>());
        } catch (IllegalArgumentException e) {
            throw new BuildException(e.getMessage(), List.of(), e);
        }
    }

    private static NetworkMode network(String mode) {
        return switch (mode) {
            case "", "sandbox" -> NetworkMode.UNSET;
            case "none" -> NetworkMode.NONE;
            case "host" -> NetworkMode.HOST;
            default ->
                throw new IllegalArgumentException(
                        "unknown network mode '" + mode + "'; known are default, none and host");
        };
    }
}
