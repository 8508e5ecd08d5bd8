package dev.slipway.oci.registry;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.CredentialSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** How registries are reached. */
public final class RegistrySettings {

    private final CredentialSource credentials;
    private final List<Path> certificates;
    private final SortedMap<String, HostSettings> hosts;

    private RegistrySettings(
            CredentialSource credentials, List<Path> certificates, SortedMap<String, HostSettings> hosts) {
        this.credentials = requireNonNull(credentials, "credentials is null");
        this.certificates = List.copyOf(certificates);
        this.hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
    }

    /** The credentials and certificates that other tools have for this user; no mirrors. */
    public static RegistrySettings ofUser() {
        return new RegistrySettings(
                UserCredentials.ofUser(), CertificateFolders.ofUser(), Collections.emptySortedMap());
    }

    /** Everybody is anonymous; the certificates of Java; no mirrors. */
    public static RegistrySettings anonymous() {
        return new RegistrySettings(CredentialSource.NONE, List.of(), Collections.emptySortedMap());
    }

    /** The same settings with other credentials. */
    public RegistrySettings withCredentials(CredentialSource other) {
        return new RegistrySettings(other, certificates, hosts);
    }

    /**
     * The same settings with other certificates.
     *
     * @param folders in each of them, a folder named after a host and its port has the certificates for it, as Docker's {@code
     *     certs.d} has
     */
    public RegistrySettings withCertificates(List<Path> folders) {
        return new RegistrySettings(credentials, folders, hosts);
    }

    /** The same settings with one more host that is reached by HTTP. */
    public RegistrySettings withPlainHttp(String host) {
        return with(host, settings -> settings.withPlainHttp(true));
    }

    /** The same settings with one more host that is reached by HTTPS, though it is this machine. */
    public RegistrySettings withHttps(String host) {
        return with(host, settings -> settings.withPlainHttp(false));
    }

    /** The same settings with one more mirror of a host, asked after those it has already. */
    public RegistrySettings withMirror(String host, URI address) {
        return with(host, settings -> settings.withMirror(address));
    }

    /**
     * The same settings with one more host that may be sent the credentials for a registry, because it gives out its tokens.
     * The registry's own host, and those of its domain, may always.
     *
     * @param server its host, with its port if that is not the usual one
     */
    public RegistrySettings withTokenServer(String host, String server) {
        return with(host, settings -> settings.withTokenServer(server));
    }

    private RegistrySettings with(String host, UnaryOperator<HostSettings> change) {
        SortedMap<String, HostSettings> more = new TreeMap<>(hosts);
        more.put(host, change.apply(host(host)));
        return new RegistrySettings(credentials, certificates, more);
    }

    CredentialSource credentials() {
        return credentials;
    }

    List<Path> certificates() {
        return certificates;
    }

    HostSettings host(String host) {
        return hosts.getOrDefault(host, HostSettings.NONE);
    }
}
