package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

    private static final ProxySelector JAVA = ProxySelector.of(InetSocketAddress.createUnresolved("java.example", 1));

    @ParameterizedTest
    @CsvSource({
        "https://ghcr.io/v2/, https_proxy=http://proxy.example:3128, proxy.example:3128",
        "https://ghcr.io/v2/, HTTPS_PROXY=proxy.example:3128, proxy.example:3128",
        "https://ghcr.io/v2/, HTTPS_PROXY=http://proxy.example/, proxy.example:80",
        "http://ghcr.io/v2/, HTTPS_PROXY=http://proxy.example:3128, java.example:1",
        "http://ghcr.io/v2/, HTTP_PROXY=http://proxy.example:3128, proxy.example:3128",
        "https://ghcr.io/v2/, HTTPS_PROXY=p:1 NO_PROXY=ghcr.io, direct",
        "https://a.ghcr.io/v2/, HTTPS_PROXY=p:1 NO_PROXY=x.io;.ghcr.io, direct",
        "https://a.ghcr.io/v2/, HTTPS_PROXY=p:1 no_proxy=*.GHCR.io, direct",
        "https://aghcr.io/v2/, HTTPS_PROXY=p:1 NO_PROXY=ghcr.io, p:1",
        "https://ghcr.io:444/v2/, HTTPS_PROXY=p:1 NO_PROXY=ghcr.io:443, p:1",
        "https://ghcr.io:444/v2/, HTTPS_PROXY=p:1 NO_PROXY=ghcr.io:444, direct",
        "https://ghcr.io/v2/, HTTPS_PROXY=p:1 NO_PROXY=*, direct",
        "http://localhost:5000/v2/, HTTP_PROXY=p:1, direct",
        "http://127.0.0.1:5000/v2/, HTTP_PROXY=p:1, direct",
    })
    void aProxyIsChosen(String uri, String variables, String expected) {
        Map<String, String> environment = new HashMap<>();
        for (String variable : variables.split(" ")) {
            String[] parts = variable.split("=", 2);
            environment.put(parts[0], parts[1].replace(';', ','));
        }
        List<Proxy> proxies = new EnvironmentProxies(environment, JAVA).select(URI.create(uri));

        assertThat(proxies).singleElement().satisfies(proxy -> {
            InetSocketAddress address = (InetSocketAddress) proxy.address();
            assertThat(address == null ? "direct" : address.getHostString() + ":" + address.getPort())
                    .isEqualTo(expected);
        });
    }
}
