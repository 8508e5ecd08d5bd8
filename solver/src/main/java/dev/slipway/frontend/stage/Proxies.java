package dev.slipway.frontend.stage;

import dev.slipway.llb.ProcessMeta.Proxy;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Proxy settings among the build arguments. They reach every RUN without ARG, and no image. */
final class Proxies {

    private Proxies() {}

    /** The settings. Of two spellings, the one that sorts last is used, which is the one in lower case. */
    static Optional<Proxy> of(SortedMap<String, String> buildArgs) {
        Map<String, String> found = new HashMap<>();
        buildArgs.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            switch (key) {
                case "http_proxy", "https_proxy", "ftp_proxy", "no_proxy", "all_proxy" -> found.put(key, value);
                default -> {}
            }
        });
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Proxy(
                found.getOrDefault("http_proxy", ""),
                found.getOrDefault("https_proxy", ""),
                found.getOrDefault("ftp_proxy", ""),
                found.getOrDefault("no_proxy", ""),
                found.getOrDefault("all_proxy", "")));
    }
}
