package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that was taken over wants the credentials of those who ask it, for itself or for another host. */
class CompromisedRegistryTest {

    private static final CredentialSource PASSWORD = host -> Optional.of(new Credential("jane", "secret", false));
    private static final CredentialSource IDENTITY = host -> Optional.of(new Credential("<token>", "secret", true));

    private final TestImages images = new TestImages();
    private final Descriptor root = images.index("linux/amd64", "linux/arm64");

    /** Whatever the thief was sent. */
    private final List<String> stolen = new CopyOnWriteArrayList<>();

    private TestRegistry registry;
    private TestRegistry thief;
    private ImageReference app;

    @BeforeEach
    void start() throws IOException {
        registry = new TestRegistry().holding("app:1", root, images);
        app = registry.reference("app:1");
        thief = new TestRegistry();
        thief.with(exchange -> {
            stolen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().get("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            return false;
        });
    }

    @AfterEach
    void stop() {
        registry.close();
        thief.close();
    }

    private static RegistryClient client(CredentialSource credentials) {
        return new RegistryClient(
                RegistrySettings.anonymous().withCredentials(credentials), new Backoff(Duration.ofMillis(1)));
    }

    /** The thief under another name of this machine. */
    private String elsewhere() {
        return "http://localhost:" + URI.create(thief.address().toString()).getPort();
    }

    private static boolean challenge(HttpExchange exchange, String realm) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=\"x\"");
        TestRegistry.send(exchange, 401, new byte[0]);
        return true;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenServerOfAnotherDomainGetsNoCredentials(boolean isIdentityToken) {
        registry.with(exchange -> challenge(exchange, elsewhere() + "/token"));
        RegistryClient client = client(isIdentityToken ? IDENTITY : PASSWORD);

        assertThatThrownBy(() -> client.resolve(app))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith(registry.host() + " wants the credentials for it to be sent to localhost:")
                .hasMessageContaining("\"token-servers\"");
        assertThatThrownBy(() -> client.push(Push.of(app, root, images), StepMonitor.NONE))
                .isInstanceOf(RegistryException.class);
        assertThat(stolen).isEmpty();
    }

    @Test
    void aTokenServerThatTheUserHasNamedGetsThem() throws IOException {
        registry.with(exchange -> exchange.getRequestHeaders().containsKey("Authorization")
                ? false
                : challenge(exchange, elsewhere() + "/token"));
        RegistrySettings settings = RegistrySettings.anonymous()
                .withCredentials(PASSWORD)
                .withTokenServer(registry.host(), URI.create(elsewhere()).getAuthority());

        assertThat(new RegistryClient(settings).resolve(app)).isEqualTo(root);
        assertThat(stolen).hasSize(1);
    }

    @Test
    void aHostThatTheRegistryRedirectsToCannotAskForThem() {
        registry.protectedBy(TestRegistry.Protection.BASIC);
        registry.with(exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            if (known) {
                exchange.getResponseHeaders().set("Location", elsewhere() + exchange.getRequestURI());
                TestRegistry.send(exchange, 307, new byte[0]);
            }
            return known;
        });
        thief.with(exchange ->
                !exchange.getRequestURI().getPath().equals("/token") && challenge(exchange, elsewhere() + "/token"));

        assertThatThrownBy(() -> client(PASSWORD).resolve(app)).isInstanceOf(RegistryException.class);
        assertThat(stolen).isNotEmpty().allMatch(request -> request.matches("(HEAD|GET) null "));
    }

    @Test
    void aHostThatKeepsUploadsCannotAskForThem() {
        registry.protectedBy(TestRegistry.Protection.BASIC);
        registry.with(exchange -> {
            boolean start = exchange.getRequestMethod().equals("POST")
                    && exchange.getRequestHeaders().containsKey("Authorization");
            if (start) {
                exchange.getResponseHeaders().set("Location", elsewhere() + "/upload");
                TestRegistry.send(exchange, 202, new byte[0]);
            }
            return start;
        });
        thief.with(exchange -> challenge(exchange, elsewhere() + "/token"));

        assertThatThrownBy(() ->
                        client(PASSWORD).push(Push.of(registry.reference("app:2"), root, images), StepMonitor.NONE))
                .isInstanceOf(RegistryException.class);
        assertThat(stolen).isNotEmpty().allMatch(request -> request.startsWith("PUT null "));
    }

    @Test
    void anIdentityTokenDoesNotFollowARedirectOfTheTokenServer() {
        registry.with(exchange -> {
            if (!exchange.getRequestURI().getPath().equals("/token")) {
                return challenge(exchange, registry.address() + "/token");
            }
            exchange.getResponseHeaders().set("Location", elsewhere() + "/token");
            TestRegistry.send(exchange, 307, new byte[0]);
            return true;
        });

        assertThatThrownBy(() -> client(IDENTITY).resolve(app)).isInstanceOf(RegistryException.class);
        assertThat(stolen).isEmpty();
    }

    @Test
    void aTokenHasNoMoreRightsThanAreNeeded() throws IOException {
        registry.with(exchange -> exchange.getRequestURI().getPath().equals("/token")
                        || exchange.getRequestHeaders().containsKey("Authorization")
                ? false
                : challenge(
                        exchange,
                        registry.address()
                                + "/token\",scope=\"repository:app:pull,push,delete repository:other:push"
                                + " registry:catalog:*"));

        client(PASSWORD).resolve(app);

        assertThat(registry.log()).contains("GET /token?service=x&scope=repository%3Aapp%3Apull&account=jane Basic");
    }

    @ParameterizedTest
    @CsvSource({
        "registry-1.docker.io, docker.io",
        "registry.gitlab.com, gitlab.com",
        "ghcr.io, ghcr.io",
        "registry.example.co.uk, example.co.uk",
        "example.co.uk, example.co.uk",
        "a.b.example.com, b.example.com",
        "127.0.0.1, 127.0.0.1",
        "[::1], [::1]",
        "localhost, localhost",
    })
    void aHostHasADomain(String host, String domain) {
        assertThat(Realm.domain(host)).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource({
        "registry-1.docker.io, https://auth.docker.io/token, true",
        "ghcr.io, https://ghcr.io/token, true",
        "ghcr.io, https://evil-ghcr.io/token, false",
        "registry.gitlab.com, https://gitlab.com/jwt/auth, true",
        "registry.example.com, https://AUTH.example.com:8443/token, true",
        "registry.example.com, https://example.com.evil.org/token, false",
        "example.co.uk, https://evil.co.uk/token, false",
        "registry.example.com, https://registry.example.com@evil.org/token, false",
        "10.0.0.1, https://10.0.0.2/token, false",
    })
    void credentialsGoToTheRegistrysDomainAlone(String host, String realm, boolean expected) throws IOException {
        RegistryHost registry = new RegistryHost(URI.create("https://" + host), host, "", Set.of());
        Challenge challenge = new Challenge("bearer", Map.of("realm", realm));
        if (expected) {
            assertThat(Realm.forSecrets(registry, challenge)).isEqualTo(URI.create(realm));
        } else {
            assertThatThrownBy(() -> Realm.forSecrets(registry, challenge)).isInstanceOf(RegistryException.class);
        }
    }
}
