package dev.slipway.oci.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folders with the certificates of registries: in each of them, a folder named after a host with its port holds authorities
 * ({@code *.crt}) and client certificates ({@code *.cert} with {@code *.key}).
 */
final class CertificateFolders {

    private CertificateFolders() {}

    /** The folders of Podman and Docker, in Podman's order. */
    static List<Path> ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    static List<Path> of(Map<String, String> environment, Path home) {
        String named = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = named.isEmpty() ? home.resolve(".config") : Path.of(named);
        return List.of(
                config.resolve("containers/certs.d"),
                config.resolve("docker/certs.d"),
                Path.of("/etc/containers/certs.d"),
                Path.of("/etc/docker/certs.d"));
    }

    /** The first folder for a host. One that this user may not read is skipped, as in BuildKit. */
    static Optional<Path> find(List<Path> folders, RegistryHost host) {
        for (String name : List.of(host.address().getAuthority(), host.credentialName())) {
            for (Path folder : folders) {
                Path own = folder.resolve(name);
                if (Files.isDirectory(own) && Files.isReadable(own)) {
                    return Optional.of(own);
                }
            }
        }
        return Optional.empty();
    }
}
