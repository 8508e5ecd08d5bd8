package dev.slipway.oci.registry;

import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.json.Json;
import dev.slipway.oci.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** One repository at one host. Sends authorized requests there, and repeats them where that may help. */
final class Connection {

    private static final int MAX_AUTHORIZATIONS = 2;
    private static final int MAX_ERROR = 64 << 10;

    private final RegistryHost host;
    private final String repository;
    private final HttpSender sender;
    private final Authorizer authorizer;
    private final Backoff backoff;

    Connection(RegistryHost host, String repository, HttpSender sender, Authorizer authorizer, Backoff backoff) {
        this.host = host;
        this.repository = repository;
        this.sender = sender;
        this.authorizer = authorizer;
        this.backoff = backoff;
    }

    RegistryHost host() {
        return host;
    }

    String repository() {
        return repository;
    }

    Backoff backoff() {
        return backoff;
    }

    /** An address below the repository. */
    URI uri(String path) {
        return host.resolve(repository, path);
    }

    /**
     * Sends a request until the answer is final.
     *
     * @return the answer, whatever its status; the caller closes its body
     */
    HttpResponse<InputStream> exchange(Call call, Scope scope) throws IOException {
        int authorizations = 0;
        for (int attempt = 0; ; ) {
            HttpResponse<InputStream> response;
            try {
                Optional<String> authorization = authorization(call, scope);
                response = sender.send(call, authorization);
                if (response.statusCode() == 401 && isOwn(response) && authorizations < MAX_AUTHORIZATIONS) {
                    if (!authorizer.answer(access(scope), authorization, response)) {
                        return response;
                    }
                    authorizations++;
                    response.body().close();
                    continue;
                }
            } catch (IOException e) {
                if (!call.isRepeatable() || !Backoff.isPassing(e) || backoff.isLast(attempt)) {
                    throw e;
                }
                backoff.await(attempt++);
                continue;
            }
            if (!call.isRepeatable() || !Backoff.isPassing(response.statusCode()) || backoff.isLast(attempt)) {
                return response;
            }
            response.body().close();
            backoff.await(attempt++, Backoff.wish(response));
        }
    }

    /** Whether the registry itself answers, and not a host that it redirects to, whose challenges are ignored. */
    private boolean isOwn(HttpResponse<?> response) {
        return HttpSender.isSameHost(response.uri(), host.address());
    }

    /** Credentials go only to the registry itself, not to a host where it keeps uploads. */
    private Optional<String> authorization(Call call, Scope scope) throws IOException {
        return HttpSender.isSameHost(call.uri(), host.address())
                ? authorizer.authorization(access(scope))
                : Optional.empty();
    }

    private Authorizer.Access access(Scope scope) {
        return new Authorizer.Access(sender, host, repository, scope);
    }

    /** The exception for an unexpected answer, which it closes. */
    RegistryException unexpected(String what, HttpResponse<InputStream> response) {
        int status = response.statusCode();
        String hint = switch (status) {
            case 401, 403 -> "access is denied; if it exists, log in with docker login " + host.credentialName();
            case 404 -> "it does not exist there; check name and tag";
            case 429 -> "too many requests; wait, or log in with docker login " + host.credentialName();
            default -> status >= 500 ? "the registry has failed; try again later" : "the registry refuses";
        };
        String problem = status == 401 || status == 403
                ? authorizer
                        .explain(host, repository)
                        .map(text -> " (" + text + ")")
                        .orElse("")
                : "";
        return new RegistryException(
                what + ": " + hint + problem + " (status " + status + details(response) + ")",
                status,
                Backoff.wish(response));
    }

    /**
     * Refuses an answer whose announced length is not the requested one.
     *
     * @param what the blob, for messages
     * @param size how long it should be, in bytes
     */
    static void checkSize(HttpResponse<InputStream> response, String what, long size) throws IOException {
        long announced = response.headers().firstValueAsLong("Content-Length").orElse(size);
        if (announced != size) {
            response.body().close();
            throw new InvalidImageException(what + ": the registry sends " + announced + " bytes instead of " + size);
        }
    }

    /** A failure in words. Without an answer, the registry could not be reached. */
    IOException explained(String what, IOException e) {
        if (e instanceof RegistryException
                || e instanceof InvalidImageException
                || e instanceof InterruptedIOException) {
            return e;
        }
        String reason = e.getMessage() == null ? "no connection to " + host.address() : e.getMessage();
        String hint = e instanceof SSLException
                ? "; certificates for it belong into ~/.config/containers/certs.d/"
                        + host.address().getAuthority()
                        + ", and if it has no TLS, \"plain-http\" into the config file"
                : "";
        return new RegistryException(
                what + ": the registry " + host.address().getAuthority() + " can't be reached: " + reason + hint, e);
    }

    /** The explanation of the registry, if it gives one. */
    private static String details(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            List<JsonObject> errors = Json.object(body.readNBytes(MAX_ERROR)).objects("errors");
            if (!errors.isEmpty()) {
                String text =
                        errors.get(0).string("code") + ": " + errors.get(0).string("message");
                return ", " + text.substring(0, Math.min(300, text.length())).replaceAll("\\p{Cntrl}", " ");
            }
        } catch (IOException e) {
            // An answer without an explanation.
            return "";
        }
        return "";
    }
}
