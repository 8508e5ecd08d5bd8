package dev.slipway.oci.registry;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.UrlCredentials;
import java.net.URI;
import java.util.Map;

/**
 * How registries are reached, as options with names say it: {@code registry.plain-http}, hosts that are reached by plain HTTP, with
 * commas between them; {@code registry.mirror.HOST}, addresses that are asked before the registry of that host, with commas between
 * them.
 */
public final class RegistryOptions {

    private static final String PLAIN_HTTP = "registry.plain-http";
    private static final String MIRROR = "registry.mirror.";

    /** The options, for messages. */
    public static final String NAMES = PLAIN_HTTP + ", " + MIRROR + "HOST";

    private RegistryOptions() {}

    /** Whether this is the name of such an option. */
    public static boolean isOption(String name) {
        return name.equals(PLAIN_HTTP) || name.startsWith(MIRROR);
    }

    /**
     * The settings of the user, with these options of them; others are passed over.
     *
     * @throws ExecutorException if one has no meaning
     */
    public static RegistrySettings of(Map<String, String> options) {
        RegistrySettings settings = RegistrySettings.ofUser();
        for (Map.Entry<String, String> option : options.entrySet()) {
            String name = option.getKey();
            for (String value : isOption(name) ? option.getValue().split(",") : new String[0]) {
                settings = name.equals(PLAIN_HTTP)
                        ? settings.withPlainHttp(value.strip())
                        : settings.withMirror(name.substring(MIRROR.length()), address(name, value.strip()));
            }
        }
        return settings;
    }

    private static URI address(String option, String text) {
        try {
            URI address = URI.create(text);
            if (address.getRawUserInfo() != null) {
                throw new ExecutorException(option + " has a name or password in it: " + UrlCredentials.redact(text)
                        + "; leave it out, and log in with docker login " + address.getHost());
            }
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // The exception holds the address with its password, so that it cannot be the cause.
            throw new ExecutorException(
                    option + " is not an address: " + UrlCredentials.redact(text) + "; write https://HOST[:PORT]");
        }
        throw new ExecutorException(
                option + " is not an address: " + UrlCredentials.redact(text) + "; write https://HOST[:PORT]");
    }
}
