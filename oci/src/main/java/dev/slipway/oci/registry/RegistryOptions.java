package dev.slipway.oci.registry;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.UrlCredentials;
import java.net.URI;
import java.util.Map;

/**
 * How registries are reached, as options with names say it, each of several values with commas between them: {@code
 * registry.plain-http} and {@code registry.https}, hosts that are reached by plain HTTP, or by HTTPS although they are this machine;
 * {@code registry.mirror.HOST}, addresses that are asked before the registry of that host; {@code registry.token-servers.HOST}, hosts
 * outside that host's domain that may be sent the credentials for it.
 */
public final class RegistryOptions {

    private static final String PLAIN_HTTP = "registry.plain-http";
    private static final String HTTPS = "registry.https";
    private static final String MIRROR = "registry.mirror.";
    private static final String TOKEN_SERVERS = "registry.token-servers.";

    /** The options, for messages. */
    public static final String NAMES = PLAIN_HTTP + ", " + HTTPS + ", " + MIRROR + "HOST, " + TOKEN_SERVERS + "HOST";

    private RegistryOptions() {}

    /** Whether this is the name of such an option. */
    public static boolean isOption(String name) {
        return name.equals(PLAIN_HTTP)
                || name.equals(HTTPS)
                || name.startsWith(MIRROR)
                || name.startsWith(TOKEN_SERVERS);
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
                settings = with(settings, name, value.strip());
            }
        }
        return settings;
    }

    private static RegistrySettings with(RegistrySettings settings, String name, String value) {
        if (name.startsWith(MIRROR)) {
            return settings.withMirror(name.substring(MIRROR.length()), address(name, value));
        }
        if (name.startsWith(TOKEN_SERVERS)) {
            return settings.withTokenServer(name.substring(TOKEN_SERVERS.length()), value);
        }
        return name.equals(HTTPS) ? settings.withHttps(value) : settings.withPlainHttp(value);
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
