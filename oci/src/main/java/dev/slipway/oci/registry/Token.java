package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A token of a token server.
 *
 * @param value the text for the registry
 * @param expires when it is no longer used, by {@link System#nanoTime}
 */
record Token(String value, long expires) {

    private static final int MAX_ANSWER = 1 << 20;
    private static final long DEFAULT_SECONDS = 60;
    private static final String CLIENT = "slipway";

    boolean isFresh() {
        return System.nanoTime() < expires;
    }

    /**
     * Fetches a token.
     *
     * @param challenge names the token server
     * @throws RegistryException if the server refuses
     */
    static Token fetch(HttpSender sender, RegistryHost host, Challenge challenge, Scope scope, Optional<Credential> who)
            throws IOException {
        URI realm = who.isPresent() ? Realm.forSecrets(host, challenge) : Realm.of(host, challenge);
        boolean exchange = who.isPresent() && who.get().identityToken();
        Call call = exchange ? exchange(realm, challenge, scope, who.get()) : get(realm, challenge, scope, who);
        Optional<String> authorization = exchange ? Optional.empty() : who.map(Credential::basic);
        HttpResponse<InputStream> response = sender.send(call, authorization);
        try (InputStream body = response.body()) {
            byte[] answer = body.readNBytes(MAX_ANSWER);
            if (Backoff.isPassing(response.statusCode())) {
                throw new IOException(
                        "the token server " + realm.getHost() + " answers with status " + response.statusCode());
            }
            if (response.statusCode() != 200) {
                throw refused(host, realm, response.statusCode(), who);
            }
            return read(answer);
        }
    }

    private static Token read(byte[] answer) throws IOException {
        JsonObject token = Json.object(answer);
        String value = token.has("token") ? token.string("token") : token.requiredString("access_token");
        long seconds = token.has("expires_in") ? token.number("expires_in") : DEFAULT_SECONDS;
        // Used only for nine tenths of its lifetime, because it must still be valid when the request arrives.
        long life = Duration.ofSeconds(Math.min(Math.max(seconds, 1), 86_400)).toNanos() / 10 * 9;
        return new Token(value, System.nanoTime() + life);
    }

    private static Call get(URI realm, Challenge challenge, Scope scope, Optional<Credential> who) {
        List<String> query = new ArrayList<>();
        if (!challenge.parameter("service").isEmpty()) {
            query.add("service=" + encode(challenge.parameter("service")));
        }
        scope.names().forEach(name -> query.add("scope=" + encode(name)));
        who.ifPresent(credential -> query.add("account=" + encode(credential.username())));
        String separator = realm.getRawQuery() == null ? "?" : "&";
        return Call.of("GET", URI.create(realm + separator + String.join("&", query)));
    }

    private static Call exchange(URI realm, Challenge challenge, Scope scope, Credential who) {
        String form = "grant_type=refresh_token&client_id=" + CLIENT
                + "&service=" + encode(challenge.parameter("service"))
                + "&scope=" + encode(String.join(" ", scope.names()))
                + "&refresh_token=" + encode(who.secret());
        byte[] body = form.getBytes(StandardCharsets.US_ASCII);
        return Call.of("POST", realm)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(new Call.Body(body.length, () -> new ByteArrayInputStream(body)));
    }

    private static RegistryException refused(RegistryHost host, URI realm, int status, Optional<Credential> who) {
        String name = host.credentialName();
        String what = who.isPresent()
                ? "the credentials for " + name + origin(who.get()) + " are refused by " + realm.getHost()
                        + "; log in again with docker login " + name
                : realm.getHost() + " gives no anonymous token for " + name + "; log in with docker login " + name;
        return new RegistryException(what + " (status " + status + ")", status);
    }

    private static String origin(Credential credential) {
        return credential.origin().isEmpty() ? "" : " from " + credential.origin();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "token";
    }
}
