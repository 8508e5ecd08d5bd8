package dev.slipway.oci.engine;

import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.engine.AddressText.Remote;
import dev.slipway.oci.engine.EngineAddress.UnixSocket;
import dev.slipway.oci.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the engine to use, as docker does: {@code DOCKER_HOST}, {@code DOCKER_CONTEXT}, the current context, and then, as
 * Podman's clients do, {@code CONTAINER_HOST}, and the first of the usual sockets that answers.
 */
final class EngineFinder {

    private final Map<String, String> environment;
    private final Path config;
    private final DockerContexts contexts;
    private final List<Path> sockets;

    /**
     * @param environment variables of the process
     * @param home the user's home folder
     * @param sockets the usual sockets of engines, in order
     */
    EngineFinder(Map<String, String> environment, Path home, List<Path> sockets) {
        this.environment = Map.copyOf(environment);
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        this.config = folder.isEmpty() ? home.resolve(".docker") : Path.of(folder);
        this.contexts = new DockerContexts(config);
        this.sockets = List.copyOf(sockets);
    }

    /** For the user who runs this process. */
    static EngineFinder ofUser() {
        Map<String, String> environment = System.getenv();
        Path home = Path.of(System.getProperty("user.home", ""));
        return new EngineFinder(environment, home, usualSockets(environment, home));
    }

    /** The sockets of Docker, rootless Docker, Docker Desktop and Podman. */
    static List<Path> usualSockets(Map<String, String> environment, Path home) {
        List<Path> sockets = new ArrayList<>();
        Optional<Path> own = Optional.ofNullable(environment.get("XDG_RUNTIME_DIR"))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        sockets.add(Path.of("/var/run/docker.sock"));
        own.ifPresent(folder -> sockets.add(folder.resolve("docker.sock")));
        sockets.add(home.resolve(".docker/run/docker.sock"));
        sockets.add(home.resolve(".docker/desktop/docker.sock"));
        own.ifPresent(folder -> sockets.add(folder.resolve("podman/podman.sock")));
        sockets.add(Path.of("/run/podman/podman.sock"));
        return sockets;
    }

    /**
     * Finds the engine.
     *
     * @param wanted the context or the address that was asked for by name
     * @throws EngineException if there is none
     */
    EngineChoice find(Optional<String> wanted) throws IOException {
        if (wanted.isPresent()) {
            String text = wanted.get();
            return text.contains("://")
                    ? new EngineChoice(address(text, "context="), "context= of the output")
                    : context(text, "context= of the output");
        }
        String host = variable("DOCKER_HOST");
        if (!host.isEmpty()) {
            return new EngineChoice(address(host, "DOCKER_HOST"), "DOCKER_HOST");
        }
        String name = variable("DOCKER_CONTEXT");
        if (!name.isEmpty()) {
            return context(name, "DOCKER_CONTEXT");
        }
        Optional<String> current = contexts.current();
        return current.isPresent() ? context(current.get(), "the current one of docker") : usual();
    }

    private EngineChoice context(String name, String reason) throws IOException {
        if (name.equals(DockerContexts.DEFAULT)) {
            String host = variable("DOCKER_HOST");
            return host.isEmpty() ? usual() : new EngineChoice(address(host, "DOCKER_HOST"), "DOCKER_HOST");
        }
        return new EngineChoice(contexts.address(name), "Docker context " + name + ", " + reason);
    }

    private EngineChoice usual() throws IOException {
        String host = variable("CONTAINER_HOST");
        if (!host.isEmpty()) {
            String key = variable("CONTAINER_SSHKEY");
            List<String> sshOptions = key.isEmpty() ? List.of() : List.of("-i", key);
            EngineAddress address =
                    new AddressText(host, "CONTAINER_HOST").parse(Optional.empty(), Remote.PODMAN, sshOptions);
            return new EngineChoice(address, "CONTAINER_HOST");
        }
        List<String> failures = new ArrayList<>();
        for (Path path : sockets) {
            UnixSocket socket = new UnixSocket(path);
            Optional<String> failure = Files.exists(path) ? failure(socket) : Optional.of("not there");
            if (failure.isEmpty()) {
                return new EngineChoice(socket, "the first of the usual sockets that answers");
            }
            failures.add(path + " (" + failure.get() + ")");
        }
        throw new EngineException("no engine was found: neither DOCKER_HOST nor CONTAINER_HOST is set, no Docker"
                + " context is chosen, and nothing listens at " + String.join(", ", failures)
                + "; start Docker or Podman (podman system service), or set DOCKER_HOST");
    }

    /** Why nobody listens there. */
    private static Optional<String> failure(UnixSocket socket) {
        try (EngineConnection connection = socket.open()) {
            connection.connect();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(FileErrors.reason(e));
        }
    }

    private EngineAddress address(String text, String place) throws EngineException {
        return new AddressText(text, place).parse(tls(), Remote.DOCKER, List.of());
    }

    /** As in docker, it matters only that the variable is set, not its value. */
    private Optional<TlsFiles> tls() {
        boolean verified = !variable("DOCKER_TLS_VERIFY").isEmpty();
        if (!verified && variable("DOCKER_TLS").isEmpty()) {
            return Optional.empty();
        }
        String folder = variable("DOCKER_CERT_PATH");
        Path files = folder.isEmpty() ? config : Path.of(folder);
        Optional<Path> authorities = Optional.of(files.resolve("ca.pem")).filter(file -> verified);
        return Optional.of(new TlsFiles(authorities, file(files, "cert.pem"), file(files, "key.pem"), verified));
    }

    private static Optional<Path> file(Path folder, String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
