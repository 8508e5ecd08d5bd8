package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.image.ImageValidator;
import dev.slipway.oci.image.TestImages;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against real registries that are protected, with certificates, passwords and tokens. */
@Tag("end-to-end")
class ProtectedRegistryTest {

    private static final CredentialSource JANE = host -> Optional.of(new Credential("jane", "secret", false));
    private static final CredentialSource IDENTITY = host -> Optional.of(new Credential("<token>", "identity", true));

    @TempDir
    private static Path shared;

    private static TestCertificates certificates;

    @TempDir
    private Path temp;

    private final TestImages images = new TestImages();
    private final Descriptor root = images.index("linux/amd64", "linux/arm64");

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new TestCertificates(shared);
    }

    /** bcrypt of "secret", cost 4. */
    @BeforeEach
    void writePasswords() throws Exception {
        Files.writeString(
                temp.resolve("htpasswd"), "jane:$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW\n");
    }

    private String passwords() {
        return "{htpasswd: {realm: here, path: " + temp.resolve("htpasswd") + "}}";
    }

    private static String tls() {
        return "{certificate: " + certificates.certificate("server") + ", key: " + certificates.key("server") + "}";
    }

    private static RegistrySettings trusting(DistributionRegistry registry) {
        return RegistrySettings.anonymous()
                .withHttps(registry.host())
                .withCertificates(List.of(shared.resolve("none"), certificates.folders()));
    }

    private static RegistryClient client(RegistrySettings settings) {
        return new RegistryClient(settings, new Backoff(Duration.ofMillis(10)));
    }

    private void pushAndPull(RegistrySettings settings, ImageReference target) throws Exception {
        client(settings).push(Push.of(target, root, images), StepMonitor.NONE);
        RegistryClient other = client(settings);
        assertThat(other.resolve(target)).isEqualTo(root);
        assertThat(ImageValidator.problems(root, other.blobs(target))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRegistryIsPushedToWithoutVerifyingItWhetherItSpeaksHttpsOrNot(boolean https) throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(temp, https ? tls() : "", passwords())) {
            ImageReference target = registry.reference("team/app:1");
            RegistrySettings settings =
                    RegistrySettings.anonymous().withCredentials(JANE).withHttps(registry.host());
            assertThatThrownBy(() -> client(settings).push(Push.of(target, root, images), StepMonitor.NONE))
                    .isInstanceOf(IOException.class);

            client(settings)
                    .withoutVerifying(Set.of(registry.host()))
                    .push(Push.of(target, root, images), StepMonitor.NONE);

            certificates.trust(registry.host());
            RegistrySettings verifying = https
                    ? trusting(registry).withCredentials(JANE)
                    : RegistrySettings.anonymous().withCredentials(JANE);
            assertThat(client(verifying).resolve(target)).isEqualTo(root);
        }
    }

    @Test
    void aRegistryWithACertificateOfItsOwnIsTrustedByItsFolder() throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(temp, tls(), "")) {
            ImageReference target = registry.reference("team/app:1");
            assertThatThrownBy(() -> client(trusting(registry)).resolve(target))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("can't be reached")
                    .hasMessageContaining("certs.d");
            certificates.trust(registry.host());

            pushAndPull(trusting(registry), target);
        }
    }

    @Test
    void documentsTravelByVersionTwoOfHttp() throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(temp, tls(), "")) {
            HttpSender sender =
                    new HttpSender(Optional.of(new Certificates(certificates.trust(registry.host()))::context));
            HttpResponse<InputStream> answer =
                    sender.send(Call.of("GET", URI.create("https://" + registry.host() + "/v2/")), Optional.empty());
            answer.body().close();

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void aRegistryThatWantsACertificateOfTheUserGetsThatOfItsFolder() throws Exception {
        String tls = "{certificate: %s, key: %s, clientcas: [%s]}"
                .formatted(
                        certificates.certificate("server"),
                        certificates.key("server"),
                        certificates.certificate("authority"));
        try (DistributionRegistry registry = DistributionRegistry.start(temp, tls, "")) {
            Path folder = certificates.trust(registry.host());
            ImageReference target = registry.reference("team/app:1");
            assertThatThrownBy(() -> client(trusting(registry)).resolve(target)).isInstanceOf(RegistryException.class);

            Files.copy(certificates.certificate("user"), folder.resolve("client.cert"));
            assertThatThrownBy(() -> client(trusting(registry)).resolve(target))
                    .hasMessageContaining("the key " + folder.resolve("client.key") + " is missing");
            Files.copy(certificates.key("user"), folder.resolve("client.key"));

            pushAndPull(trusting(registry), target);
        }
    }

    @Test
    void usersGetInWithTheirPassword() throws Exception {
        try (DistributionRegistry registry = DistributionRegistry.start(temp, tls(), passwords())) {
            certificates.trust(registry.host());
            ImageReference target = registry.reference("app:1");

            pushAndPull(trusting(registry).withCredentials(JANE), target);
            assertThatThrownBy(() -> client(trusting(registry)).resolve(target))
                    .hasMessageStartingWith(
                            target + ": access is denied; if it exists, log in with docker login " + registry.host());
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void usersGetInWithAToken(boolean isTls, boolean isIdentityToken) throws Exception {
        try (TokenServer tokens = new TokenServer(certificates, isTls);
                DistributionRegistry registry =
                        DistributionRegistry.start(temp, isTls ? tls() : "", tokens.settings())) {
            RegistrySettings settings = RegistrySettings.anonymous();
            if (isTls) {
                certificates.trust(registry.host());
                settings = trusting(registry);
            }
            ImageReference target = registry.reference("team/app:1");

            pushAndPull(settings.withCredentials(isIdentityToken ? IDENTITY : JANE), target);

            // One for pushing and one for pulling, whatever the number of requests.
            String method = isIdentityToken ? "POST " : "GET ";
            assertThat(tokens.log())
                    .containsExactly(method + "[repository:team/app:pull,push]", method + "[repository:team/app:pull]");
            RegistrySettings anonymous = settings;
            assertThatThrownBy(() -> client(anonymous).resolve(target))
                    .hasMessageContaining("gives no anonymous token for " + registry.host());
        }
    }

    @Test
    void layersAreMountedWithATokenForBothRepositories() throws Exception {
        try (TokenServer tokens = new TokenServer(certificates, false);
                DistributionRegistry registry = DistributionRegistry.start(temp, "", tokens.settings())) {
            RegistryClient client = client(RegistrySettings.anonymous().withCredentials(JANE));
            MountedImage.pushTwice(client, registry::reference, images);

            assertThat(tokens.log()).contains("GET [repository:base:pull, repository:team/app:pull,push]");
        }
    }
}
