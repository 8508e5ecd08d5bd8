package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Credentials as {@code docker login} keeps them: in Docker's config file, or with the helpers that it names. */
public final class DockerCredentials implements CredentialSource {

    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final List<String> HUB_NAMES = List.of("docker.io", "index.docker.io", "registry-1.docker.io");
    private static final int MAX_CONFIG_SIZE = 4 << 20;

    private final Map<String, String> environment;
    private final Path config;

    /**
     * @param environment variables of the process: {@code DOCKER_AUTH_CONFIG} is a config itself, {@code DOCKER_CONFIG} names
     *     the folder of the config file, {@code PATH} is where helpers are found
     * @param home the user's home folder
     */
    public DockerCredentials(Map<String, String> environment, Path home) {
        this.environment = Map.copyOf(environment);
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        this.config = (folder.isEmpty() ? home.resolve(".docker") : Path.of(folder)).resolve("config.json");
    }

    /** The credentials of the user who runs this process. */
    public static DockerCredentials ofUser() {
        return new DockerCredentials(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    @Override
    public Optional<Credential> find(String host) throws IOException {
        String inline = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
        if (!inline.isEmpty()) {
            Optional<Credential> found = find(host, inline.getBytes(StandardCharsets.UTF_8), "DOCKER_AUTH_CONFIG");
            if (found.isPresent()) {
                return found;
            }
        }
        if (!Files.isRegularFile(config)) {
            return Optional.empty();
        }
        if (Files.size(config) > MAX_CONFIG_SIZE) {
            throw new IOException(config + " is larger than " + MAX_CONFIG_SIZE + " bytes");
        }
        return find(host, Files.readAllBytes(config), config.toString());
    }

    private Optional<Credential> find(String host, byte[] document, String name) throws IOException {
        try {
            JsonObject settings = Json.object(document);
            String key = isHub(host) ? HUB_KEY : host;
            String helper = helper(settings, host, key);
            return helper.isEmpty() ? stored(settings, host) : new CredentialHelper(helper, environment).get(key);
        } catch (JsonException | IllegalArgumentException e) {
            throw new IOException("the credentials in " + name + " can't be read: " + e.getMessage(), e);
        }
    }

    private static String helper(JsonObject settings, String host, String key) throws JsonException {
        SortedMap<String, String> helpers = settings.texts("credHelpers");
        return helpers.getOrDefault(key, helpers.getOrDefault(host, settings.string("credsStore")));
    }

    private static Optional<Credential> stored(JsonObject settings, String host) throws JsonException {
        Optional<JsonObject> entries = settings.object("auths");
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        for (String name : entries.get().names()) {
            if (isSameHost(name, host)) {
                JsonObject entry = entries.get().object(name).orElse(null);
                Optional<Credential> credential = entry == null ? Optional.empty() : read(entry);
                if (credential.isPresent()) {
                    return credential;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Credential> read(JsonObject entry) throws JsonException {
        String username = entry.string("username");
        String password = entry.string("password");
        if (entry.has("auth")) {
            byte[] decoded = Base64.getDecoder().decode(entry.string("auth"));
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("an \"auth\" has no colon between user and password");
            }
            username = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        if (entry.has("identitytoken")) {
            return Optional.of(new Credential(username, entry.string("identitytoken"), true));
        }
        return username.isEmpty() && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credential(username, password, false));
    }

    /** Entries were written with a scheme and a path in some years, and without in others. */
    private static boolean isSameHost(String entry, String host) {
        String name = entry.replaceFirst("^https?://", "");
        int slash = name.indexOf('/');
        String entryHost = slash < 0 ? name : name.substring(0, slash);
        return entryHost.equals(host) || (isHub(entryHost) && isHub(host));
    }

    private static boolean isHub(String host) {
        return HUB_NAMES.contains(host);
    }
}
