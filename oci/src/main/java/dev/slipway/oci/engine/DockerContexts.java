package dev.slipway.oci.engine;

import dev.slipway.llb.Digest;
import dev.slipway.oci.engine.AddressText.Remote;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonException;
import dev.slipway.oci.json.JsonObject;
import dev.slipway.oci.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The contexts of docker: engines under names, in the folder of its config. */
final class DockerContexts {

    /** The name of the engine that is used without a context. */
    static final String DEFAULT = "default";

    private static final int MAX_SIZE = 1 << 20;
    private static final String ENDPOINT = "docker";
    private static final String FILE = "meta.json";

    private final Path folder;

    /** @param folder of Docker's config */
    DockerContexts(Path folder) {
        this.folder = folder;
    }

    /** The context chosen with {@code docker context use}. */
    Optional<String> current() throws IOException {
        Path config = folder.resolve("config.json");
        if (!Files.isRegularFile(config)) {
            return Optional.empty();
        }
        String name = read(config, document -> document.string("currentContext"));
        return name.isEmpty() || name.equals(DEFAULT) ? Optional.empty() : Optional.of(name);
    }

    boolean has(String name) {
        return Files.isRegularFile(meta(name));
    }

    /**
     * The engine of a context.
     *
     * @throws EngineException if there is no such context, or no engine in it
     */
    EngineAddress address(String name) throws IOException {
        if (!has(name)) {
            List<String> names = names();
            throw new EngineException("there is no Docker context " + name + "; "
                    + (names.isEmpty() ? "there are none in " + folder : "known are " + String.join(", ", names)));
        }
        return read(meta(name), document -> {
            Optional<JsonObject> endpoints = document.object("Endpoints");
            Optional<JsonObject> endpoint =
                    endpoints.isPresent() ? endpoints.get().object(ENDPOINT) : Optional.empty();
            if (endpoint.isEmpty() || endpoint.get().string("Host").isEmpty()) {
                throw new EngineException("the Docker context " + name + " has no engine");
            }
            Optional<TlsFiles> tls = tls(name, endpoint.get().flag("SkipTLSVerify"));
            return new AddressText(endpoint.get().string("Host"), "the Docker context " + name)
                    .parse(tls, Remote.DOCKER, List.of());
        });
    }

    private Optional<TlsFiles> tls(String name, boolean unverified) {
        Path files = folder.resolve("contexts/tls").resolve(id(name)).resolve(ENDPOINT);
        Optional<Path> authorities = file(files, "ca.pem");
        Optional<Path> certificate = file(files, "cert.pem");
        Optional<Path> key = file(files, "key.pem");
        boolean any = authorities.isPresent() || certificate.isPresent() || key.isPresent();
        return any || unverified
                ? Optional.of(new TlsFiles(authorities, certificate, key, !unverified))
                : Optional.empty();
    }

    private static Optional<Path> file(Path folder, String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    private List<String> names() throws IOException {
        Path all = folder.resolve("contexts/meta");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> folders = Files.list(all)) {
            for (Path one : folders.toList()) {
                if (Files.isRegularFile(one.resolve(FILE))) {
                    names.add(read(one.resolve(FILE), document -> document.string("Name")));
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    private Path meta(String name) {
        return folder.resolve("contexts/meta").resolve(id(name)).resolve(FILE);
    }

    /** Names may contain characters that file names cannot. */
    private static String id(String name) {
        return Digest.sha256(name).hex();
    }

    private interface Reading<T> {
        T from(JsonObject document) throws IOException;
    }

    private static <T> T read(Path file, Reading<T> reading) throws IOException {
        if (Files.size(file) > MAX_SIZE) {
            throw new EngineException(file + " is larger than " + MAX_SIZE + " bytes");
        }
        try {
            return reading.from(Json.object(Files.readAllBytes(file)));
        } catch (JsonException e) {
            throw new EngineException(file + " can't be read: " + e.getMessage(), e);
        }
    }
}
