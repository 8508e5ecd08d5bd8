package dev.slipway;

import dev.slipway.frontend.NamedContext;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.Platform;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a request asks of the frontend, by the names under which buildx sends it to BuildKit's. */
final class FrontendArguments {

    private FrontendArguments() {}

    /**
     * The arguments for one platform, without those that say how this machine does it and do not change the image.
     *
     * @param named the named contexts, as the frontend has them
     */
    static SortedMap<String, String> of(BuildRequest request, Platform platform, Map<String, NamedContext> named) {
        SortedMap<String, String> arguments = new TreeMap<>();
        PlatformArguments.of(request, platform).forEach((name, value) -> arguments.put("build-arg:" + name, value));
        request.labels().forEach((name, value) -> arguments.put("label:" + name, value));
        named.forEach((name, context) -> arguments.put("context:" + name, context.value()));
        request.target().ifPresent(stage -> arguments.put("target", stage));
        if (request.isNoCache()) {
            arguments.put("no-cache", "");
        } else if (!request.noCacheStages().isEmpty()) {
            arguments.put("no-cache", String.join(",", request.noCacheStages()));
        }
        if (!request.extraHosts().isEmpty()) {
            arguments.put(
                    "add-hosts",
                    request.extraHosts().stream()
                            .map(host -> host.host() + "=" + host.ip())
                            .collect(Collectors.joining(",")));
        }
        if (!request.ulimits().isEmpty()) {
            arguments.put(
                    "ulimit",
                    request.ulimits().stream()
                            .map(limit -> limit.name() + "=" + limit.soft() + ":" + limit.hard())
                            .collect(Collectors.joining(",")));
        }
        if (request.shmSize() > 0) {
            arguments.put("shm-size", Long.toString(request.shmSize()));
        }
        if (request.network() != NetworkMode.UNSET) {
            arguments.put("force-network-mode", request.network().name().toLowerCase(Locale.ROOT));
        }
        return arguments;
    }
}
