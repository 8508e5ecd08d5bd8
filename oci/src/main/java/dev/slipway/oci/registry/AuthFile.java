package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A document with credentials: Docker's {@code config.json}, or Podman's {@code auth.json}, which is like it. Its entries are
 * for hosts or for some repositories of a host, and the one with the longest path counts; helpers know hosts alone.
 */
final class AuthFile {

    private static final String HUB = "docker.io";
    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final List<String> HUB_NAMES = List.of(HUB, "index.docker.io", "registry-1.docker.io");

    private final String name;
    private final byte[] document;
    private final Map<String, String> environment;

    /**
     * @param name the place of the document, for messages
     * @param environment says where to find helpers
     */
    AuthFile(String name, byte[] document, Map<String, String> environment) {
        this.name = name;
        this.document = document;
        this.environment = environment;
    }

    /**
     * The credential for a repository.
     *
     * @param repository its path, or empty to look for the host alone
     * @throws IOException if the document is damaged, or a helper fails
     */
    Optional<Credential> find(String host, String repository) throws IOException {
        try {
            JsonObject settings = Json.object(document);
            Optional<Credential> found = ofPath(settings, hubOr(host), repository);
            if (found.isEmpty()) {
                found = ofHelper(settings, host);
            }
            return found.isPresent() ? found : stored(settings, hubOr(host));
        } catch (JsonException | IllegalArgumentException e) {
            throw new IOException("the credentials in " + name + " can't be read: " + e.getMessage(), e);
        }
    }

    private Optional<Credential> ofPath(JsonObject settings, String host, String repository) throws JsonException {
        for (String path = repository; !path.isEmpty(); path = parent(path)) {
            Optional<Credential> found = stored(settings, host + "/" + path);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private Optional<Credential> ofHelper(JsonObject settings, String host) throws IOException {
        String key = HUB_NAMES.contains(host) ? HUB_KEY : host;
        SortedMap<String, String> helpers = settings.texts("credHelpers");
        String helper = helpers.getOrDefault(key, helpers.getOrDefault(host, settings.string("credsStore")));
        return helper.isEmpty() ? Optional.empty() : new CredentialHelper(helper, environment).get(key);
    }

    private Optional<Credential> stored(JsonObject settings, String place) throws JsonException {
        Optional<JsonObject> entries = settings.object("auths");
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        for (String key : entries.get().names()) {
            Optional<JsonObject> entry =
                    place(key).equals(place) ? entries.get().object(key) : Optional.empty();
            Optional<Credential> credential = entry.isPresent() ? read(entry.get()) : Optional.empty();
            if (credential.isPresent()) {
                return credential;
            }
        }
        return Optional.empty();
    }

    private Optional<Credential> read(JsonObject entry) throws JsonException {
        String username = entry.string("username");
        String password = entry.string("password");
        if (!entry.string("auth").isEmpty()) {
            byte[] decoded = Base64.getDecoder().decode(entry.string("auth"));
            String pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("an \"auth\" has no colon between user and password");
            }
            username = pair.substring(0, colon);
            password = pair.substring(colon + 1);
        }
        if (!entry.string("identitytoken").isEmpty()) {
            return Optional.of(new Credential(username, entry.string("identitytoken"), true, name));
        }
        if (username.isEmpty() && password.isEmpty() && entry.has("registrytoken")) {
            throw new IllegalArgumentException("a \"registrytoken\" is not supported; log in again");
        }
        return username.isEmpty() && password.isEmpty()
                ? Optional.empty()
                : Optional.of(new Credential(username, password, false, name));
    }

    /**
     * The host or repository that a key stands for. For some years, hosts were written as addresses with a scheme and the
     * version of the protocol.
     */
    private static String place(String key) {
        String plain = key.replaceFirst("^https?://", "");
        int slash = plain.indexOf('/');
        String host = slash < 0 ? plain : plain.substring(0, slash);
        String path = slash < 0 ? "" : plain.substring(slash + 1).replaceFirst("/$", "");
        boolean isAddress = !plain.equals(key) || path.isEmpty() || path.matches("v[12]");
        return isAddress ? hubOr(host) : hubOr(host) + "/" + path;
    }

    private static String hubOr(String host) {
        return HUB_NAMES.contains(host) ? HUB : host;
    }
}
