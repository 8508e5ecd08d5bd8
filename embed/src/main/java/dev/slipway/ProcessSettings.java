package dev.slipway;

import dev.slipway.frontend.ProcessOptions;
import dev.slipway.llb.ExecOp.NetworkMode;
import java.util.TreeMap;

/** What a request asks of every process, as the frontend wants it. */
final class ProcessSettings {

    private ProcessSettings() {}

    static ProcessOptions of(BuildRequest request) {
        return new ProcessOptions(
                request.network(),
                SpecialArguments.hostName(request.buildArgs()),
                request.extraHosts(),
                request.ulimits(),
                request.shmSize(),
                request.cgroupParent(),
                request.devices(),
                new TreeMap<>(request.resources()));
    }

    static NetworkMode network(String mode) {
        return switch (mode) {
            case "", "default", "sandbox" -> NetworkMode.UNSET;
            case "none" -> NetworkMode.NONE;
            case "host" -> NetworkMode.HOST;
            default ->
                throw new IllegalArgumentException(
                        "unknown network mode '" + mode + "'; known are default, none and host");
        };
    }
}
