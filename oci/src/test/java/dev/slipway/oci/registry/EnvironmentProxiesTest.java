package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource({
        "socks5://proxy.example:1080, proxies of the kind socks5 are not supported: socks5://proxy.example:1080",
        "socks5h://jane:secret@p:1080, proxies of the kind socks5h are not supported: socks5h://xxxxx:xxxxx@p:1080",
        "https://proxy.example:3128, proxies of the kind https are not supported: https://proxy.example:3128",
        "http://, invalid address of a proxy: http://",
    })
    void aProxyThatIsNotSupportedIsNotGoneAround(String address, String message) {
        EnvironmentProxies proxies = new EnvironmentProxies(Map.of("HTTPS_PROXY", address), JAVA);

        assertThatThrownBy(() -> proxies.check(URI.create("https://ghcr.io/v2/")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("secret");
        assertThatCode(() -> proxies.check(URI.create("http://ghcr.io/v2/"))).doesNotThrowAnyException();
    }

    @Test
    void aSocksProxyOfJavaIsNotGoneAroundEither() {
        EnvironmentProxies proxies = new EnvironmentProxies(Map.of(), new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(new Proxy(Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("p", 1080)));
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });

        assertThatThrownBy(() -> proxies.check(URI.create("https://ghcr.io/v2/")))
                .hasMessageContaining("name a SOCKS proxy, which is not supported");
        assertThatCode(() -> proxies.check(URI.create("http://localhost:5000/v2/")))
                .doesNotThrowAnyException();
    }

    @Test
    void aPasswordForTheProxyIsInItsAddress() {
        EnvironmentProxies proxies =
                new EnvironmentProxies(Map.of("HTTPS_PROXY", "http://jane:p%40ss@proxy.example:3128"), JAVA);

        assertThat(proxies.authorization(URI.create("https://ghcr.io/v2/"))).contains("Basic amFuZTpwQHNz");
        assertThat(proxies.authorization(URI.create("http://ghcr.io/v2/"))).isEmpty();
        assertThat(proxies.authorization(URI.create("https://localhost/v2/"))).isEmpty();
    }
}
