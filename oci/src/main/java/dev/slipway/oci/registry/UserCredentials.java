package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Credentials stored by {@code docker login} and {@code podman login}, in this order: the variable {@code DOCKER_AUTH_CONFIG};
 * the file that {@code REGISTRY_AUTH_FILE} names and no other, or else Docker's config file and Podman's files; the helper of a
 * cloud, if it is installed. The first one with a credential for a registry is used.
 */
final class UserCredentials implements CredentialSource {

    private static final int MAX_FILE_SIZE = 4 << 20;

    /** Helpers that need no login, by the end of the names of hosts. */
    private static final Map<String, String> CLOUDS = Map.of(
            "gcr.io", "gcr",
            "docker.pkg.dev", "gcloud",
            "amazonaws.com", "ecr-login");

    private final Map<String, String> environment;
    private final List<Path> files;

    /**
     * @param environment variables of the process: beside those above, {@code DOCKER_CONFIG} names the folder of Docker's config
     *     file, {@code XDG_RUNTIME_DIR} and {@code XDG_CONFIG_HOME} those of Podman's, {@code PATH} is where helpers are found
     * @param home the user's home folder
     * @param user the number of the user
     */
    UserCredentials(Map<String, String> environment, Path home, long user) {
        this.environment = Map.copyOf(environment);
        this.files = files(environment, home, user);
    }

    /** The credentials of the user who runs this process. */
    static UserCredentials ofUser() {
        return new UserCredentials(System.getenv(), Path.of(System.getProperty("user.home", "")), user());
    }

    private static long user() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException | UnsupportedOperationException e) {
            return 0; // Without /proc, there is no /run/containers either.
        }
    }

    private static List<Path> files(Map<String, String> environment, Path home, long user) {
        String only = environment.getOrDefault("REGISTRY_AUTH_FILE", "");
        if (!only.isEmpty()) {
            return List.of(Path.of(only));
        }
        String podman = "containers/auth.json";
        return List.of(
                folder(environment, "DOCKER_CONFIG", home.resolve(".docker")).resolve("config.json"),
                environment.getOrDefault("XDG_RUNTIME_DIR", "").isEmpty()
                        ? Path.of("/run/containers", Long.toString(user), "auth.json")
                        : Path.of(environment.get("XDG_RUNTIME_DIR"), podman),
                folder(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve(podman));
    }

    private static Path folder(Map<String, String> environment, String variable, Path otherwise) {
        String named = environment.getOrDefault(variable, "");
        return named.isEmpty() ? otherwise : Path.of(named);
    }

    @Override
    public Optional<Credential> find(String host) throws IOException {
        return find(host, "");
    }

    @Override
    public Optional<Credential> find(String host, String repository) throws IOException {
        List<IOException> failures = new ArrayList<>();
        for (Place place : places(host, repository)) {
            try {
                Optional<Credential> found = place.find();
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        throw failures.get(0);
    }

    /** A place that may have a credential. */
    private interface Place {
        Optional<Credential> find() throws IOException;
    }

    private List<Place> places(String host, String repository) {
        List<Place> places = new ArrayList<>();
        String variable = environment.getOrDefault("DOCKER_AUTH_CONFIG", "");
        if (!variable.isEmpty()) {
            byte[] document = variable.getBytes(StandardCharsets.UTF_8);
            places.add(() -> new AuthFile("DOCKER_AUTH_CONFIG", document, environment).find(host, repository));
        }
        for (Path file : files) {
            places.add(() -> find(file, host, repository));
        }
        places.add(() -> ofCloud(host));
        return places;
    }

    private Optional<Credential> find(Path file, String host, String repository) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_FILE_SIZE) {
            throw new IOException(file + " is larger than " + MAX_FILE_SIZE + " bytes");
        }
        return new AuthFile(file.toString(), Files.readAllBytes(file), environment).find(host, repository);
    }

    private Optional<Credential> ofCloud(String host) throws IOException {
        for (Map.Entry<String, String> cloud : CLOUDS.entrySet()) {
            if (host.equals(cloud.getKey()) || host.endsWith(suffix(cloud.getKey()))) {
                CredentialHelper helper = new CredentialHelper(cloud.getValue(), environment);
                return helper.isInstalled() ? helper.get(host) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Regions precede a dot or, for one cloud, a dash. */
    private static String suffix(String name) {
        return (name.equals("docker.pkg.dev") ? "-" : ".") + name;
    }
}
