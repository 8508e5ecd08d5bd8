package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the challenges of registries, and remembers the answers. Nothing is sent before a registry asks for it. */
final class Authorizer {

    private final HttpSender sender;
    private final CredentialSource credentials;
    private final Map<RegistryHost, HostState> hosts = new ConcurrentHashMap<>();

    Authorizer(HttpSender sender, CredentialSource credentials) {
        this.sender = sender;
        this.credentials = new CachedCredentials(credentials);
    }

    /** What is known to be wanted for a scope; empty as long as the registry has asked for nothing. */
    Optional<String> authorization(RegistryHost host, Scope scope) throws IOException {
        return state(host).authorization(scope);
    }

    /**
     * Finds an answer to a 401.
     *
     * @param sent what the request was authorised with
     * @return whether there is a new one, so that it is worth asking again
     */
    boolean answer(RegistryHost host, Scope scope, Optional<String> sent, HttpResponse<?> response) throws IOException {
        return state(host)
                .answer(scope, sent, Challenge.parse(response.headers().allValues("WWW-Authenticate")));
    }

    /** Why there is no credential for a host although there should be one, if so. */
    Optional<String> problem(RegistryHost host) {
        try {
            credentials.find(host.credentialName());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }

    private HostState state(RegistryHost host) {
        return hosts.computeIfAbsent(host, HostState::new);
    }

    /** What one host has asked for so far. Its lock is held while a token is fetched: others wait for the same one. */
    private final class HostState {

        private final RegistryHost host;
        private final Map<Scope, Token> tokens = new HashMap<>();
        private Challenge bearer;
        private Optional<String> basic = Optional.empty();

        HostState(RegistryHost host) {
            this.host = host;
        }

        synchronized Optional<String> authorization(Scope scope) throws IOException {
            if (basic.isPresent() || bearer == null) {
                return basic;
            }
            Token token = tokens.get(scope);
            if (token == null || !token.isFresh()) {
                token = Token.fetch(sender, host, bearer, scope, credential());
                tokens.put(scope, token);
            }
            return Optional.of("Bearer " + token.value());
        }

        synchronized boolean answer(Scope scope, Optional<String> sent, List<Challenge> challenges) throws IOException {
            for (Challenge challenge : challenges) {
                if (challenge.scheme().equals("bearer")) {
                    return answerBearer(scope, sent, challenge);
                }
                Optional<Credential> credential = credential().filter(known -> !known.identityToken());
                if (credential.isPresent() && sent.isEmpty()) {
                    basic = credential.map(Credential::basic);
                    return true;
                }
            }
            return false;
        }

        private boolean answerBearer(Scope scope, Optional<String> sent, Challenge challenge) throws IOException {
            if (sent.isPresent() && challenge.parameter("error").equals("insufficient_scope")) {
                return false;
            }
            Token known = tokens.get(scope);
            boolean newer = known != null && known.isFresh() && !sent.equals(Optional.of("Bearer " + known.value()));
            if (!newer) {
                List<String> names = new ArrayList<>(scope.names());
                String asked = challenge.parameter("scope");
                if (!asked.isEmpty()) {
                    names.addAll(List.of(asked.split(" ")));
                }
                tokens.put(scope, Token.fetch(sender, host, challenge, new Scope(names), credential()));
            }
            bearer = challenge;
            return true;
        }

        private Optional<Credential> credential() {
            try {
                return credentials.find(host.credentialName());
            } catch (IOException e) {
                // The registry may do without; if not, problem() says why there was none.
                return Optional.empty();
            }
        }
    }
}
