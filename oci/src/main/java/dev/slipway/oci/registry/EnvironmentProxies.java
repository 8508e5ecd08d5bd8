package dev.slipway.oci.registry;

import dev.slipway.executor.text.UrlCredentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Proxies as the variables {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name them, which Java does not look
 * at. Where they name none, it is Java's own settings that count. Hosts of this machine are reached without a proxy.
 */
public final class EnvironmentProxies extends ProxySelector {

    private final Map<String, String> environment;
    private final ProxySelector otherwise;

    /** Those of the variables that this program was started with. */
    public static ProxySelector ofProcess() {
        return new EnvironmentProxies(System.getenv(), ProxySelector.getDefault());
    }

    EnvironmentProxies(Map<String, String> environment, ProxySelector otherwise) {
        this.environment = Map.copyOf(environment);
        this.otherwise = otherwise;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String address = variable(uri.getScheme() + "_proxy");
        if (address.isEmpty()) {
            return otherwise.select(uri);
        }
        return isDirect(uri) ? List.of(Proxy.NO_PROXY) : List.of(proxy(address));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        otherwise.connectFailed(uri, address, failure);
    }

    private static Proxy proxy(String address) {
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
        int port = uri.getPort() >= 0 ? uri.getPort() : 80;
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
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

    /** The value of a variable, whose name counts in small letters too. */
    private String variable(String name) {
        String upper = environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
        return environment.getOrDefault(name, upper);
    }
}
