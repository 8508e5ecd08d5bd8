package dev.slipway.oci.engine;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import dev.slipway.llb.PlatformMatcher;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine reports about itself.
 *
 * @param name such as {@code Docker Engine 20.10.24}
 * @param platform its native platform
 * @param keepsIndexes whether its store keeps the index of an image for several platforms, and names images by the digests of
 *     manifests, as containerd's does
 */
public record EngineInfo(String name, Platform platform, boolean keepsIndexes) {

    /** The driver type of an engine with containerd's store; buildx checks for the same. */
    private static final List<String> CONTAINERD = List.of("driver-type", "io.containerd.snapshotter.v1");

    public EngineInfo {
        requireNonNull(name, "name is null");
        requireNonNull(platform, "platform is null");
    }

    /** Reads the answer to {@code /info}. */
    static EngineInfo read(byte[] answer, boolean podman) throws IOException {
        JsonObject info = Json.object(answer);
        String version = info.string("ServerVersion");
        String name = (podman ? "Podman" : "Docker Engine") + (version.isEmpty() ? "" : " " + version);
        boolean containerd = Json.value(answer) instanceof Map<?, ?> members
                && members.get("DriverStatus") instanceof List<?> rows
                && rows.contains(CONTAINERD);
        return new EngineInfo(name, platform(info), containerd);
    }

    private static Platform platform(JsonObject info) throws IOException {
        try {
            return Platform.parse(info.requiredString("OSType") + "/" + info.requiredString("Architecture"))
                    .normalized();
        } catch (IllegalArgumentException e) {
            throw new IOException("its platform is unknown: " + e.getMessage(), e);
        }
    }

    /** The platform that suits it best, if it runs any of them. */
    public Optional<Platform> nearest(List<Platform> platforms) {
        PlatformMatcher matcher = PlatformMatcher.only(platform);
        Comparator<Platform> nearestFirst = matcher.nearestFirst();
        return platforms.stream().filter(matcher::matches).min(nearestFirst);
    }
}
