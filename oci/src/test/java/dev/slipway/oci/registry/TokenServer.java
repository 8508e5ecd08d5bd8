package dev.slipway.oci.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that gives one user tokens for a real registry, for the password or for an identity token. */
final class TokenServer implements AutoCloseable {

    private static final String PAIR =
            "Basic " + Base64.getEncoder().encodeToString("jane:secret".getBytes(StandardCharsets.UTF_8));

    private final TestCertificates certificates;
    private final HttpServer server;
    private final boolean tls;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> log = new CopyOnWriteArrayList<>();

    TokenServer(TestCertificates certificates, boolean tls) throws IOException, GeneralSecurityException {
        this.certificates = certificates;
        this.tls = tls;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls) {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
            server = secure;
        } else {
            server = HttpServer.create(address, 0);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The value of {@code auth} in the config of a registry that wants these tokens. */
    String settings() {
        Path authority = certificates.certificate("tokens");
        return "{token: {realm: \"%s\", service: here, issuer: tokens, rootcertbundle: %s}}"
                .formatted(realm(), authority);
    }

    private String realm() {
        return (tls ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    List<String> log() {
        return log;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            List<String> scopes = scopes(query + "&" + body);
            log.add(exchange.getRequestMethod() + " " + scopes);
            boolean known = PAIR.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    || body.contains("refresh_token=identity");
            byte[] answer =
                    known ? ("{\"access_token\":\"" + token(scopes) + "\"}").getBytes(StandardCharsets.UTF_8) : null;
            exchange.sendResponseHeaders(known ? 200 : 401, known ? answer.length : -1);
            if (known) {
                exchange.getResponseBody().write(answer);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static List<String> scopes(String query) {
        List<String> scopes = new ArrayList<>();
        for (String pair : query.split("&")) {
            if (pair.startsWith("scope=")) {
                scopes.addAll(List.of(URLDecoder.decode(pair.substring(6), StandardCharsets.UTF_8)
                        .split(" ")));
            }
        }
        return scopes;
    }

    private String token(List<String> scopes) throws GeneralSecurityException {
        List<String> access = new ArrayList<>();
        for (String scope : scopes) {
            String[] parts = scope.split(":");
            access.add("{\"type\":\"%s\",\"name\":\"%s\",\"actions\":[\"%s\"]}"
                    .formatted(parts[0], parts[1], parts[2].replace(",", "\",\"")));
        }
        String certificate =
                Base64.getEncoder().encodeToString(certificates.own("tokens").getEncoded());
        long now = Instant.now().getEpochSecond();
        String signed = base64("{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"" + certificate + "\"]}") + "."
                + base64(
                        "{\"iss\":\"tokens\",\"sub\":\"jane\",\"aud\":\"here\",\"exp\":%d,\"nbf\":%d,\"iat\":%d,\"jti\":\"1\",\"access\":%s}"
                                .formatted(now + 3600, now - 60, now - 60, access));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(certificates.privateKey("tokens"));
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
