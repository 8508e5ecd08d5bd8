package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.ByteProgress;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.NewContents;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.LastUse;
import dev.slipway.local.store.folder.SealedText;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.registry.BodyStream;
import dev.slipway.oci.registry.EnvironmentProxies;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Downloads files, and keeps them with what the server said of them. */
public final class HttpDownloads {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(120);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 10;
    private static final int NOT_MODIFIED = 304;
    private static final String FILE = "content";

    private final Store store;
    private @Nullable HttpClient client;

    public HttpDownloads(Store store) {
        this.store = store;
    }

    /** Made when it is needed, for most builds download nothing. */
    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .proxy(EnvironmentProxies.ofProcess())
                    .build();
        }
        return client;
    }

    /**
     * What was downloaded.
     *
     * @param content the bytes, in a layer of their own
     * @param modified when the file was changed, as the server says
     */
    record Download(Content content, Optional<Instant> modified) {}

    /**
     * Headers of a request.
     *
     * @param plain sent everywhere
     * @param authorization sent to the host of the URL, and not to those it redirects to, which have what the redirect has
     */
    record Headers(Map<String, String> plain, Optional<String> authorization) {}

    /**
     * Gets a file.
     *
     * @param wanted its digest, if the build names it; a file that is kept already needs no request then
     * @throws ExecutorException if the server does not give it
     */
    Download get(String url, Optional<Digest> wanted, Headers headers, StepMonitor monitor)
            throws IOException, InterruptedException {
        String id = id(url, headers);
        return FileLocks.exclusively(store.lock("http", id), () -> {
            Optional<Kept> kept = read(store.httpFile(id));
            if (wanted.isPresent() && kept.filter(file -> file.is(wanted)).isPresent()) {
                return kept.get().download();
            }
            return fetch(url, headers, kept, store.httpFile(id), monitor);
        });
    }

    /**
     * What was downloaded before, without asking the server whether it is still the same.
     *
     * @param wanted its digest, if it matters
     */
    Optional<Download> kept(String url, Optional<Digest> wanted, Headers headers)
            throws IOException, InterruptedException {
        String id = id(url, headers);
        return FileLocks.exclusively(
                store.lock("http", id),
                () -> read(store.httpFile(id)).filter(kept -> kept.is(wanted)).map(Kept::download));
    }

    private static String id(String url, Headers headers) {
        return Digest.sha256(url + "\n" + new TreeMap<>(headers.plain)).hex();
    }

    /** Takes a file that the client offers under this URL. One that is named after its digest need not be taken twice. */
    Download upload(String url, Path file) throws IOException, InterruptedException {
        String id = Digest.sha256(url).hex();
        return FileLocks.exclusively(store.lock("http", id), () -> {
            Optional<Kept> kept = read(store.httpFile(id));
            if (kept.isPresent()
                    && url.endsWith("/" + kept.get().content().digest().hex())) {
                return kept.get().download();
            }
            try (InputStream body = Files.newInputStream(file)) {
                return keep(body, "", Optional.empty(), store.httpFile(id));
            }
        });
    }

    /** What is kept of a URL. */
    private record Kept(String layer, String etag, Optional<Instant> modified, Content content) {

        private Download download() {
            return new Download(content, modified);
        }

        private boolean is(Optional<Digest> wanted) {
            return wanted.isEmpty() || content.digest().equals(wanted.get());
        }
    }

    private Optional<Kept> read(Path file) throws InterruptedException {
        try {
            List<String> lines =
                    SealedText.read(file).map(text -> text.lines().toList()).orElse(List.of());
            String layer = lines.get(0);
            if (store.roots().present(Set.of(layer)).isEmpty()
                    || !(store.layers().load(layer).child(FILE).orElse(null) instanceof RegularFile kept)) {
                return Optional.empty();
            }
            LastUse.now(file);
            String modified = lines.get(2);
            return Optional.of(new Kept(
                    layer,
                    lines.get(1),
                    modified.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(modified)),
                    kept.content()));
        } catch (IOException | IndexOutOfBoundsException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Download fetch(String url, Headers headers, Optional<Kept> kept, Path file, StepMonitor monitor)
            throws IOException, InterruptedException {
        Optional<String> etag = kept.map(Kept::etag).filter(text -> !text.isEmpty());
        HttpResponse<InputStream> response = send(url, headers, etag);
        try (InputStream body = response.body()) {
            if (response.statusCode() == NOT_MODIFIED && kept.isPresent()) {
                return kept.get().download();
            }
            if (response.statusCode() < 200 || response.statusCode() >= 300) {
                throw new ExecutorException(url + ": invalid response status " + response.statusCode() + "; "
                        + advice(response.statusCode()));
            }
            long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
            ByteProgress progress = new ByteProgress(monitor, Activity.DOWNLOADING, url, Math.max(0, length));
            Download download = keep(
                    progress.count(new HttpBody(url, body)),
                    response.headers().firstValue("ETag").orElse("").replace("\n", ""),
                    response.headers().firstValue("Last-Modified").flatMap(HttpDownloads::time),
                    file);
            progress.done();
            return download;
        }
    }

    private static String advice(int status) {
        if (status == 401 || status == 403) {
            return "the server requires a login: fetch it in a RUN with a secret, or outside the build";
        }
        return status < 500 ? "check the URL" : "the server failed: try again later";
    }

    private Download keep(InputStream body, String etag, Optional<Instant> modified, Path file)
            throws IOException, InterruptedException {
        Content content;
        Path bytes;
        try (NewContents taken = new NewContents(store.temp())) {
            content = taken.add(body);
            bytes = taken.finish().orElse(null);
        }
        RegularFile download = new RegularFile(Attributes.of(0644), content);
        Directory root = Directory.of(Attributes.DEFAULT_FOLDER, new TreeMap<>(Map.of(FILE, download)));
        String layer = bytes == null ? store.layers().add(root) : store.layers().addWithContents(root, bytes);
        String text =
                layer + "\n" + etag + "\n" + modified.map(Instant::toString).orElse("") + "\n";
        SealedText.write(store.temp(), file, text);
        return read(file)
                .orElseThrow(() -> new IOException("the download was lost"))
                .download();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private HttpResponse<InputStream> send(String url, Headers headers, Optional<String> etag)
            throws IOException, InterruptedException {
        URI given = WebAddress.parse(url);
        URI first = WebAddress.withoutUserInfo(given);
        // The name and password of a URL are what proves who asks, as in BuildKit, if nothing else does.
        Optional<String> authorization = headers.authorization.or(() -> WebAddress.userInfo(given));
        Optional<String> redirected = Optional.empty();
        URI current = first;
        for (int i = 0; i <= MAX_REDIRECTS; i++) {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(current).timeout(ANSWER_TIMEOUT).setHeader("User-Agent", "slipway");
            headers.plain.forEach(request::setHeader);
            etag.ifPresent(value -> request.setHeader("If-None-Match", value));
            (WebAddress.isSameOrigin(first, current) ? redirected.or(() -> authorization) : redirected)
                    .ifPresent(value -> request.setHeader("Authorization", value));
            HttpResponse<InputStream> response = send(url, request.build());
            Optional<String> location = response.headers().firstValue("Location");
            if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
                return response;
            }
            response.body().close();
            URI target = WebAddress.target(current, location.get());
            redirected = WebAddress.userInfo(target);
            current = WebAddress.withoutUserInfo(target);
        }
        throw new ExecutorException(url + " redirects without end; check the URL");
    }

    private HttpResponse<InputStream> send(String url, HttpRequest request) throws IOException, InterruptedException {
        try {
            return client().send(request, BodyStream.handler());
        } catch (IllegalArgumentException e) {
            throw new ExecutorException("cannot get " + url + ": " + e.getMessage(), e);
        } catch (HttpTimeoutException e) {
            throw failure(url, "no answer came within " + ANSWER_TIMEOUT.toSeconds() + " s", e);
        } catch (ConnectException e) {
            boolean unknown = e.getCause() instanceof UnresolvedAddressException
                    || e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException;
            String host = request.uri().getHost();
            throw failure(url, unknown ? "there is no host " + host : host + " does not accept connections", e);
        }
    }

    private static ExecutorException failure(String url, String reason, IOException cause) {
        return new ExecutorException(
                "cannot get " + url + ": " + reason + "; check the URL, and whether this machine reaches it", cause);
    }
}
