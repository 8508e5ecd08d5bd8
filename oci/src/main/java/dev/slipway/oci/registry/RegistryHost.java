package dev.slipway.oci.registry;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One address under which a registry, or a mirror of it, is reached.
 *
 * @param address scheme and host, with a path in front of repository names for some mirrors
 * @param credentialName the host whose credentials are used
 * @param mirrorOf the host that is mirrored, or empty
 * @param tokenServers other hosts that may be sent these credentials
 */
record RegistryHost(URI address, String credentialName, String mirrorOf, Set<String> tokenServers) {

    private static final String HUB = "docker.io";
    private static final String HUB_ADDRESS = "registry-1.docker.io";

    /** The address of the registry that references name by this host. */
    static RegistryHost of(String domain, RegistrySettings settings) {
        HostSettings own = settings.host(domain);
        String scheme = own.plainHttp().orElse(isLoopback(domain)) ? "http" : "https";
        String host = domain.equals(HUB) ? HUB_ADDRESS : domain;
        return new RegistryHost(URI.create(scheme + "://" + host), domain, "", own.tokenServers());
    }

    /** Where to read from, in order: the mirrors, then the registry itself. */
    static List<RegistryHost> forReading(String domain, RegistrySettings settings) {
        List<RegistryHost> hosts = new ArrayList<>();
        for (URI mirror : settings.host(domain).mirrors()) {
            String name = mirror.getAuthority();
            hosts.add(new RegistryHost(mirror, name, domain, settings.host(name).tokenServers()));
        }
        hosts.add(of(domain, settings));
        return hosts;
    }

    /** An address below a repository, such as {@code manifests/latest}. */
    URI resolve(String repository, String path) {
        String prefix = address.getPath() == null ? "" : address.getPath().replaceAll("^/|/$", "");
        String query = mirrorOf.isEmpty()
                ? ""
                : (path.contains("?") ? "&" : "?") + "ns=" + URLEncoder.encode(mirrorOf, StandardCharsets.UTF_8);
        return URI.create(address.getScheme() + "://" + address.getAuthority() + "/v2/"
                + (prefix.isEmpty() ? "" : prefix + "/") + repository + "/" + path + query);
    }

    /** The same host, reached in another way. */
    RegistryHost withScheme(String scheme) {
        return new RegistryHost(
                URI.create(scheme + "://" + address.getRawAuthority()), credentialName, mirrorOf, tokenServers);
    }

    boolean isPlainHttp() {
        return address.getScheme().equals("http");
    }

    boolean isMirror() {
        return !mirrorOf.isEmpty();
    }

    /** Whether this is a name of this machine: nobody has certificates for it. */
    static boolean isLoopback(String domain) {
        String host = domain.startsWith("[")
                ? domain.substring(1, Math.max(1, domain.indexOf(']')))
                : domain.replaceFirst(":\\d+$", "");
        return host.equals("localhost") || host.equals("::1") || host.matches("127\\.\\d+\\.\\d+\\.\\d+");
    }
}
