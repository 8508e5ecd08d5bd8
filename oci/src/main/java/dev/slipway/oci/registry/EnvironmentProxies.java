package dev.slipway.oci.registry;

import dev.slipway.executor.text.UrlCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies from the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, which Java ignores. If they name
 * none, Java's own settings are used. Hosts of this machine are reached without a proxy.
 */
public final class EnvironmentProxies extends ProxySelector {

    private final Map<String, String> environment;
    private final ProxySelector otherwise;

    /** The proxies of this program's environment. */
    public static EnvironmentProxies ofProcess() {
        return new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
    }

    EnvironmentProxies(Map<String, String> environment, ProxySelector otherwise) {
        this.environment = Map.copyOf(environment);
        this.otherwise = otherwise;
    }

    /**
     * Fails if an address needs a proxy of an unsupported kind, because it must not be bypassed.
     *
     * @throws IOException saying so
     */
    void check(URI uri) throws IOException {
        try {
            select(uri);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        Optional<URI> named = named(uri);
        if (named.isPresent()) {
            return List.of(proxy(named.get()));
        }
        List<Proxy> others = isDirect(uri) ? List.of(Proxy.NO_PROXY) : otherwise.select(uri);
        if (!others.isEmpty() && others.get(0).type() == Proxy.Type.SOCKS) {
            // Java's client would bypass it.
            throw new IllegalArgumentException("Java's settings (socksProxyHost) name a SOCKS proxy, which is not"
                    + " supported; use an HTTP proxy, and name it with HTTPS_PROXY and HTTP_PROXY");
        }
        return others;
    }

    /** The authorization for a proxy of the variables, if its address has a name and password. */
    Optional<String> authorization(URI uri) {
        return named(uri)
                .map(URI::getUserInfo)
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** The address of the proxy that the variables name for an address. */
    private Optional<URI> named(URI uri) {
        String address = variable(uri.getScheme() + "_proxy");
        return address.isEmpty() || isDirect(uri) ? Optional.empty() : Optional.of(parse(address));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        otherwise.connectFailed(uri, address, failure);
    }

    private static URI parse(String address) {
        String text = address.contains("://") ? address : "http://" + address;
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // The exception holds the address with its password, so that it cannot be the cause.
            throw invalid(text);
        }
        if (uri.getHost() == null) {
            throw invalid(text);
        }
        if (!uri.getScheme().equals("http")) {
            throw new IllegalArgumentException("proxies of the kind " + uri.getScheme() + " are not supported: "
                    + UrlCredentials.redact(text) + "; name an HTTP proxy, as http://HOST:PORT");
        }
        return uri;
    }

    private static Proxy proxy(URI address) {
        int port = address.getPort() >= 0 ? address.getPort() : 80;
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    }

    private static IllegalArgumentException invalid(String address) {
        return new IllegalArgumentException("invalid address of a proxy: " + UrlCredentials.redact(address));
    }

    private boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (RegistryHost.isLoopback(uri.getAuthority())) {
            return true;
        }
        for (String entry : variable("no_proxy").split(",")) {
            String pattern = entry.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
            if (entry.strip().equals("*") || matches(host, uri.getPort(), pattern)) {
                return true;
            }
        }
        return false;
    }

    /** A name covers itself and everything below it; one with a port only that port. */
    private static boolean matches(String host, int port, String pattern) {
        if (pattern.isEmpty()) {
            return false;
        }
        return host.equals(pattern) || host.endsWith("." + pattern) || (host + ":" + port).equals(pattern);
    }

    /** The value of a variable, whose name may be in lower case, too. */
    private String variable(String name) {
        String upper = environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
        return environment.getOrDefault(name, upper);
    }
}
