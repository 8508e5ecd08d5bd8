package dev.slipway.oci.registry;

import dev.slipway.executor.text.UrlCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests. Redirects are followed by hand, because Java's client would send the authorization to the new host,
 * where it does not belong and where storage services refuse it.
 */
final class HttpSender {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(120);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 10;
    private static final int PROXY_REFUSES = 407;

    /** Without it, Java's client does not send a password to a proxy for HTTPS. It is read once, when the first client is made. */
    private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

    private final Optional<Protection> protection;
    private final EnvironmentProxies proxies = EnvironmentProxies.ofProcess();
    private @Nullable HttpClient client;

    /** With the authorities that Java trusts. */
    HttpSender() {
        this(Optional.empty());
    }

    /** With the certificates for one registry, and for the hosts that it leads to. */
    HttpSender(Optional<Protection> protection) {
        this.protection = protection;
    }

    /** The TLS settings for connections. */
    @FunctionalInterface
    interface Protection {
        SSLContext context() throws IOException;
    }

    /**
     * Created on first use: most builds need no registry, and creating a client takes longer than a build that has nothing to
     * do.
     */
    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .proxy(proxies);
            if (protection.isPresent()) {
                builder.sslContext(protection.get().context());
            }
            client = builder.build();
        }
        return client;
    }

    /**
     * Sends a request and follows redirects.
     *
     * @param authorization the value of the header, sent to the host of the call alone
     * @return the answer, whatever its status; the caller closes its body
     */
    HttpResponse<InputStream> send(Call call, Optional<String> authorization) throws IOException {
        Call current = call;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            boolean sameHost = isSameHost(call.uri(), current.uri());
            HttpResponse<InputStream> response =
                    sendOnce(current, call.isBulk(), sameHost ? authorization : Optional.empty());
            if (response.statusCode() == PROXY_REFUSES) {
                response.body().close();
                throw new RegistryException(
                        "the proxy wants a name and password; write HTTPS_PROXY and HTTP_PROXY as"
                                + " http://NAME:PASSWORD@HOST:PORT",
                        PROXY_REFUSES);
            }
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return response;
            }
            URI target = target(current.uri(), location.get());
            if (!isFollowed(call, response.statusCode(), target)) {
                return response;
            }
            response.body().close();
            current = current.at(target);
        }
        throw new IOException(call.uri().getHost() + " redirects without end");
    }

    /**
     * Requests that change something keep their method only with 307 and 308, and their body is only for the original host,
     * since it may be a secret.
     */
    private static boolean isFollowed(Call call, int status, URI target) {
        boolean kept = status == 307 || status == 308;
        return call.isReading() || (kept && (call.body().isEmpty() || isSameHost(call.uri(), target)));
    }

    /** The absolute form of a location that an answer names. */
    static URI target(URI base, String location) throws IOException {
        try {
            URI target = base.resolve(location);
            if (target.getHost() != null && Set.of("http", "https").contains(target.getScheme())) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            // The exception holds the address with its password, so that it cannot be the cause.
            throw invalid(base, location);
        }
        throw invalid(base, location);
    }

    private static IOException invalid(URI base, String location) {
        return new IOException(base.getHost() + " names an invalid location: " + UrlCredentials.redact(location));
    }

    static boolean isSameHost(URI one, URI other) {
        return one.getScheme().equals(other.getScheme()) && one.getAuthority().equals(other.getAuthority());
    }

    private HttpResponse<InputStream> sendOnce(Call call, boolean isBulk, Optional<String> authorization)
            throws IOException {
        proxies.check(call.uri());
        // Blobs do not share connections: flow control makes HTTP/2 slower for them, as BuildKit found, too. Without
        // TLS, HTTP/2 is not offered, because some servers cannot handle the request to upgrade.
        boolean isTwo = call.uri().getScheme().equals("https") && !isBulk;
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .version(isTwo ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .timeout(ANSWER_TIMEOUT)
                .method(call.method(), call.body().map(HttpSender::publisher).orElse(BodyPublishers.noBody()))
                .header("User-Agent", "slipway");
        call.headers().forEach(request::setHeader);
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        Optional<String> proxyAuthorization = proxies.authorization(call.uri());
        if (proxyAuthorization.isPresent()) {
            allowPasswordsForTunnels();
            request.setHeader("Proxy-Authorization", proxyAuthorization.get());
        }
        try {
            return client().send(request.build(), info -> BodySubscribers.mapping(new BodyStream(), StallGuard::new));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the request was interrupted");
        }
    }

    private static void allowPasswordsForTunnels() {
        if (System.getProperty(TUNNELING) == null) {
            System.setProperty(TUNNELING, "");
        }
    }

    private static BodyPublisher publisher(Call.Body body) {
        if (body.length() == 0) {
            return BodyPublishers.noBody();
        }
        return BodyPublishers.fromPublisher(new BodyPieces(body.content()), body.length());
    }
}
