package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Build arguments that count for one platform only. */
final class PlatformArguments {

    private static final String OF_BUILDKIT = "BUILDKIT_";

    private PlatformArguments() {}

    /** Refuses arguments that are read before there are platforms. */
    static void check(String name) {
        if (requireNonNull(name, "name is null").startsWith(OF_BUILDKIT)) {
            throw new IllegalArgumentException(
                    "the build argument " + name + " applies to the whole build; set it without a platform");
        }
    }

    /** All arguments of a platform: those of the request, and its own over them. */
    static Map<String, String> of(BuildRequest request, Platform platform) {
        Map<String, String> own = request.platformBuildArgs().getOrDefault(platform.formatAll(), Map.of());
        return plus(request.buildArgs(), own);
    }

    /** Refuses arguments of a platform that is not built for: nobody would notice that they are lost. */
    static void checkPlatforms(BuildRequest request, List<Platform> built) {
        List<String> names = built.stream().map(Platform::formatAll).toList();
        request.platformBuildArgs().forEach((platform, arguments) -> {
            if (!names.contains(platform)) {
                throw new BuildException("the build argument "
                        + arguments.keySet().iterator().next() + " is for " + platform + ", and the build is for "
                        + String.join(", ", names) + "; build for that platform as well, or leave the argument out");
            }
        });
    }

    static Map<String, String> plus(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return Collections.unmodifiableMap(all);
    }
}
