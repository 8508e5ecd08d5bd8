package dev.slipway.oci.registry;

import dev.slipway.executor.Credential;
import dev.slipway.executor.CredentialSource;
import dev.slipway.executor.text.Reason;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Answers the challenges of registries, and remembers the answers. Nothing is sent before a registry asks for it. */
final class Authorizer {

    private final CredentialSource credentials;
    private final Map<RegistryHost, HostState> hosts = new ConcurrentHashMap<>();

    Authorizer(CredentialSource credentials) {
        this.credentials = new CachedCredentials(credentials);
    }

    /**
     * Who wants what.
     *
     * @param sender reaches the host, and the token server that it names
     * @param repository whose credential is used
     */
    record Access(HttpSender sender, RegistryHost host, String repository, Scope scope) {}

    /** The authorization known to be needed for an access; empty as long as the registry has not asked for any. */
    Optional<String> authorization(Access access) throws IOException {
        return state(access).authorization(access);
    }

    /**
     * Finds an answer to a 401.
     *
     * @param sent the authorization of the request
     * @return whether there is a new one, so that it is worth trying again
     */
    boolean answer(Access access, Optional<String> sent, HttpResponse<?> response) throws IOException {
        return state(access)
                .answer(access, sent, Challenge.parse(response.headers().allValues("WWW-Authenticate")));
    }

    /** Details about a refusal: why there is no credential although there should be one, or where it comes from. */
    Optional<String> explain(RegistryHost host, String repository) {
        try {
            return credentials
                    .find(host.credentialName(), repository)
                    .map(Credential::origin)
                    .filter(origin -> !origin.isEmpty())
                    .map(origin -> "with the credentials from " + origin);
        } catch (IOException e) {
            return Optional.of(Reason.of(e));
        }
    }

    private HostState state(Access access) {
        return hosts.computeIfAbsent(access.host, host -> new HostState());
    }

    private Optional<Credential> credential(Access access) {
        try {
            return credentials.find(access.host.credentialName(), access.repository);
        } catch (IOException e) {
            // The registry may not need one; otherwise explain() says why there was none.
            return Optional.empty();
        }
    }

    private Token fetch(Access access, Challenge challenge, Scope scope) throws IOException {
        return Token.fetch(access.sender, access.host, challenge, scope, credential(access));
    }

    /** What one host has asked for so far. Its lock is held while a token is fetched, so that others wait for the same one. */
    private final class HostState {

        private final Map<Scope, Token> tokens = new HashMap<>();
        private final Map<String, String> basic = new HashMap<>();
        private @Nullable Challenge bearer;

        synchronized Optional<String> authorization(Access access) throws IOException {
            String password = basic.get(access.repository);
            if (password != null || bearer == null) {
                return Optional.ofNullable(password);
            }
            Token token = tokens.get(access.scope);
            if (token == null || !token.isFresh()) {
                token = fetch(access, bearer, access.scope);
                tokens.put(access.scope, token);
            }
            return Optional.of("Bearer " + token.value());
        }

        synchronized boolean answer(Access access, Optional<String> sent, List<Challenge> challenges)
                throws IOException {
            for (Challenge challenge : challenges) {
                if (challenge.scheme().equals("bearer")) {
                    return answerBearer(access, sent, challenge);
                }
                Optional<Credential> credential = credential(access).filter(known -> !known.identityToken());
                if (credential.isPresent() && sent.isEmpty()) {
                    basic.put(access.repository, credential.get().basic());
                    return true;
                }
            }
            return false;
        }

        private boolean answerBearer(Access access, Optional<String> sent, Challenge challenge) throws IOException {
            if (sent.isPresent() && challenge.parameter("error").equals("insufficient_scope")) {
                return false;
            }
            Token known = tokens.get(access.scope);
            boolean newer = known != null && known.isFresh() && !sent.equals(Optional.of("Bearer " + known.value()));
            if (!newer) {
                Scope all = access.scope.and(challenge.parameter("scope"));
                tokens.put(access.scope, fetch(access, challenge, all));
            }
            bearer = challenge;
            return true;
        }
    }
}
