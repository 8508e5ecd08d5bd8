package dev.slipway.oci.registry;

import dev.slipway.oci.tls.TlsFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registries whose certificates are not checked. It is tried once whether they support HTTPS; if not, they are reached by HTTP,
 * as BuildKit does with {@code registry.insecure}.
 */
final class UnverifiedHosts {

    private static final TlsFiles ANYBODY = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty(), false);

    private final Set<String> domains;
    private final HttpSender sender = new HttpSender(Optional.of(ANYBODY::context));
    private final Map<RegistryHost, RegistryHost> found = new ConcurrentHashMap<>();

    /** @param domains the registries, as references name them */
    UnverifiedHosts(Set<String> domains) {
        this.domains = Set.copyOf(domains);
    }

    boolean contains(RegistryHost host) {
        return !host.isMirror() && domains.contains(host.credentialName());
    }

    /** Reaches all of them. */
    HttpSender sender() {
        return sender;
    }

    /** How a registry is reached; others are reached as usual. */
    RegistryHost find(RegistryHost host) throws IOException {
        if (!contains(host)) {
            return host;
        }
        RegistryHost known = found.get(host);
        if (known == null) {
            known = host.withScheme(speaksHttps(host.withScheme("https")) ? "https" : "http");
            found.put(host, known);
        }
        return known;
    }

    private boolean speaksHttps(RegistryHost host) throws IOException {
        try {
            sender.send(Call.of("GET", host.address().resolve("/v2/")), Optional.empty())
                    .body()
                    .close();
            return true;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            // If nothing answers at all, the next request reports it.
            return false;
        }
    }
}
