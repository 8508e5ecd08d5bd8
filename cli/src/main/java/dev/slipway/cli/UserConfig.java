package dev.slipway.cli;

import static java.util.Objects.requireNonNull;

import dev.slipway.Home;
import dev.slipway.Slipway;
import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.registry.RegistryOptions;
import dev.slipway.oci.registry.RegistrySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the user has written down for all commands, in one JSON file: options of executors, and how registries are reached. The
 * file is what the environment variable {@code SLIPWAY_CONFIG} names, else {@code slipway/config.json} in the user's config
 * folder, which need not exist.
 */
final class UserConfig {

    private static final String VARIABLE = "SLIPWAY_CONFIG";
    private static final String TRUSTED_OWNERS = "store.trusted-owners";
    private static final String EXECUTORS = "executors";
    private static final String LOCAL = "local";
    private static final String REGISTRIES = "registries";
    private static final String MIRRORS = "mirrors";
    private static final String PLAIN_HTTP = "plain-http";
    private static final String TOKEN_SERVERS = "token-servers";

    private final Path file;
    private final SortedMap<String, String> options = new TreeMap<>();

    private UserConfig(Path file) {
        this.file = file;
    }

    /** Opens the local executor on the user's store, as the config file says. */
    static Slipway open() {
        return open(Map.of());
    }

    /**
     * Opens the local executor on the user's store, as the config file says.
     *
     * @param more options that count instead of those of the file
     */
    static Slipway open(Map<String, String> more) {
        SortedMap<String, String> options = read(System.getenv(), System.getProperty("user.home"));
        options.putAll(Home.optionsOfUser());
        options.putAll(more);
        return Slipway.open(Home.ofUser(), options);
    }

    /** How the user reaches registries. */
    static RegistrySettings registries() {
        return RegistryOptions.of(read(System.getenv(), System.getProperty("user.home")));
    }

    /** The options of the local executor. */
    static SortedMap<String, String> read(Map<String, String> environment, String userHome) {
        String named = environment.getOrDefault(VARIABLE, "");
        UserConfig config = new UserConfig(named.isEmpty() ? usual(environment, userHome) : Path.of(named));
        try {
            config.read(Json.object(Files.readAllBytes(config.file)));
            if (config.options.containsKey(TRUSTED_OWNERS) && !isOwn(config.file)) {
                throw config.wrong(
                        "it says who else is trusted (" + TRUSTED_OWNERS + "), and others own it or may write to"
                                + " it; set the environment variable SLIPWAY_STORE_TRUSTED_OWNERS instead");
            }
        } catch (NoSuchFileException e) {
            if (!named.isEmpty()) {
                throw new UsageException(VARIABLE + " names " + named + ", which is not there");
            }
        } catch (JsonException e) {
            throw config.wrong(Reason.of(e));
        } catch (IOException e) {
            throw config.wrong("it cannot be read");
        }
        return config.options;
    }

    /** Nobody says of himself that he is to be trusted. */
    private static boolean isOwn(Path file) throws IOException {
        Path self = Path.of("/proc/self");
        if (!Files.exists(self)) {
            return true; // Owners count on Linux alone.
        }
        Map<String, Object> status = Files.readAttributes(file, "unix:uid,mode");
        Object owner = requireNonNull(status.get("uid"));
        boolean othersWrite = ((Integer) requireNonNull(status.get("mode")) & 0022) != 0;
        return !othersWrite && (owner.equals(0) || owner.equals(Files.getAttribute(self, "unix:uid")));
    }

    private static Path usual(Map<String, String> environment, String userHome) {
        String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        // As for the store: in a container, Java often does not know where this user's things are.
        String home = environment.getOrDefault("HOME", userHome);
        return (folder.isEmpty() ? Path.of(home, ".config") : Path.of(folder)).resolve("slipway/config.json");
    }

    private UsageException wrong(String what) {
        return new UsageException("the config file " + file + ": " + what);
    }

    private void read(JsonObject config) throws JsonException {
        checkNames("", config, Set.of(EXECUTORS, REGISTRIES));
        Optional<JsonObject> executors = config.object(EXECUTORS);
        if (executors.isPresent()) {
            checkNames(EXECUTORS + ".", executors.get(), Set.of(LOCAL));
            options.putAll(executors.get().texts(LOCAL));
        }
        Optional<JsonObject> registries = config.object(REGISTRIES);
        if (registries.isPresent()) {
            for (String host : registries.get().names()) {
                registry(
                        host,
                        registries.get().object(host).orElseThrow(() -> wrong(REGISTRIES + "." + host + " is null")));
            }
        }
    }

    private void registry(String host, JsonObject registry) throws JsonException {
        checkNames(REGISTRIES + "." + host + ".", registry, Set.of(MIRRORS, PLAIN_HTTP, TOKEN_SERVERS));
        if (registry.has(PLAIN_HTTP)) {
            add(registry.flag(PLAIN_HTTP) ? "registry." + PLAIN_HTTP : "registry.https", host);
        }
        for (String server : registry.strings(TOKEN_SERVERS)) {
            if (!server.matches("[A-Za-z0-9.:\\[\\]-]+")) {
                throw wrong("a token server of " + host + " is not a host: " + UrlCredentials.redact(server)
                        + "; write HOST[:PORT]");
            }
            add("registry." + TOKEN_SERVERS + "." + host, server);
        }
        for (String address : registry.strings(MIRRORS)) {
            checkMirror(host, address);
            add("registry.mirror." + host, address);
        }
    }

    private void add(String option, String value) {
        options.merge(option, value, (before, more) -> before + "," + more);
    }

    private void checkMirror(String host, String text) {
        try {
            URI address = URI.create(text);
            if (address.getRawUserInfo() != null) {
                throw wrong("a mirror of " + host + " has a name or password in it: " + UrlCredentials.redact(text)
                        + "; leave it out, and log in with docker login " + address.getHost());
            }
            if (Set.of("http", "https").contains(String.valueOf(address.getScheme())) && address.getHost() != null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // What it says is in the message below, without the credentials.
        }
        throw wrong("a mirror of " + host + " is not an address: " + UrlCredentials.redact(text)
                + "; write https://HOST[:PORT]");
    }

    private void checkNames(String place, JsonObject object, Set<String> known) {
        for (String name : object.names()) {
            if (!known.contains(name)) {
                throw wrong("there is no \"" + place + name + "\"; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
