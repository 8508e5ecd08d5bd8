package dev.slipway.oci.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.Index;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A registry on loopback that does what the protocol says, but for the faults that a test gives it. */
final class TestRegistry implements AutoCloseable {

    static final String USER = "jane";
    static final String PASSWORD = "pass:wörd";

    private static final Pattern PATH = Pattern.compile("/v2/(.+?)/(manifests|blobs|blobs/uploads)/([^/]*)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Stored> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger started = new AtomicInteger();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private Protection protection = Protection.NONE;
    private int tokens;

    /** What a manifest is stored as. */
    record Stored(String mediaType, byte[] content) {}

    /** Who may come in. */
    enum Protection {
        NONE,
        BASIC,
        /** Anybody, but with a token. */
        ANONYMOUS_TOKEN,
        /** The user, with a token. */
        TOKEN
    }

    /** Something that goes wrong. */
    interface Fault {
        /** Answers the request, or returns false to let the registry do it. */
        boolean answer(HttpExchange exchange) throws IOException;
    }

    TestRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    URI address() {
        return URI.create("http://" + host());
    }

    ImageReference reference(String name) {
        return ImageReference.parse(host() + "/" + name);
    }

    /** What was asked: method, path and query, and the scheme of the authorisation if there was one. */
    List<String> log() {
        return log;
    }

    Map<String, byte[]> blobs() {
        return blobs;
    }

    Map<String, Stored> manifests() {
        return manifests;
    }

    TestRegistry protectedBy(Protection other) {
        protection = other;
        return this;
    }

    TestRegistry with(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** Answers this many requests whose log line matches with a status. */
    TestRegistry failing(String requests, int times, int status) {
        AtomicInteger left = new AtomicInteger(times);
        return with(exchange -> {
            if (!line(exchange).matches(requests) || left.getAndDecrement() <= 0) {
                return false;
            }
            send(exchange, status, new byte[0]);
            return true;
        });
    }

    /** Stores an image without any request. */
    TestRegistry holding(String name, Descriptor root, BlobSource source) throws IOException {
        ImageReference reference = reference(name);
        for (Descriptor descriptor : ImageTree.of(root, source)) {
            byte[] content;
            try (InputStream in = source.open(descriptor)) {
                content = in.readAllBytes();
            }
            if (MediaTypes.isIndex(descriptor.mediaType()) || MediaTypes.isManifest(descriptor.mediaType())) {
                Stored stored = new Stored(descriptor.mediaType(), content);
                manifests.put(reference.path() + "@" + descriptor.digest(), stored);
            } else {
                blobs.put(reference.path() + "@" + descriptor.digest(), content);
            }
        }
        manifests.put(
                reference.path() + "@" + reference.tag().orElse("latest"),
                manifests.get(reference.path() + "@" + root.digest()));
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
        exchange.close();
    }

    static String line(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return exchange.getRequestMethod() + " " + exchange.getRequestURI()
                + (authorization == null ? "" : " " + authorization.split(" ")[0]);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            log.add(line(exchange));
            for (Fault fault : faults) {
                if (fault.answer(exchange)) {
                    return;
                }
            }
            if (exchange.getRequestURI().getPath().equals("/token")) {
                token(exchange);
            } else if (isAllowed(exchange)) {
                serve(exchange);
            } else {
                challenge(exchange);
            }
        } catch (RuntimeException e) {
            send(exchange, 500, String.valueOf(e).getBytes(StandardCharsets.UTF_8));
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        return switch (protection) {
            case NONE -> true;
            case BASIC -> isUser(authorization);
            case TOKEN, ANONYMOUS_TOKEN -> {
                String scope = exchange.getRequestMethod().matches("GET|HEAD") ? "pull" : "push";
                yield authorization.startsWith("Bearer token-") && authorization.contains(scope);
            }
        };
    }

    private static boolean isUser(String authorization) {
        String pair = USER + ":" + PASSWORD;
        return authorization.equals(
                "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private void challenge(HttpExchange exchange) throws IOException {
        String challenge = protection == Protection.BASIC
                ? "Basic realm=\"here\""
                : "Bearer realm=\"" + address() + "/token\",service=\"test, registry\",scope=\"repository:x:pull\"";
        exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
        send(exchange, 401, error("UNAUTHORIZED", "authentication required"));
    }

    private void token(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .orElse("");
        boolean known = isUser(authorization) || body.contains("refresh_token=identity");
        if (protection == Protection.TOKEN && !known) {
            send(exchange, 401, new byte[0]);
            return;
        }
        String scope = URLDecoder.decode(exchange.getRequestURI().getRawQuery() + body, StandardCharsets.UTF_8);
        String token = "token-" + ++tokens + (scope.contains("push") ? "-pull-push" : "-pull");
        send(exchange, 200, ("{\"token\":\"" + token + "\",\"expires_in\":300}").getBytes(StandardCharsets.UTF_8));
    }

    private void serve(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            send(exchange, 404, error("NAME_UNKNOWN", "no such place"));
            return;
        }
        String key = path.group(1) + "@" + path.group(3);
        switch (exchange.getRequestMethod() + " " + path.group(2)) {
            case "GET manifests", "HEAD manifests" -> manifest(exchange, manifests.get(key));
            case "PUT manifests" -> putManifest(exchange, path.group(1), path.group(3));
            case "GET blobs", "HEAD blobs" -> blob(exchange, blobs.get(key));
            case "POST blobs/uploads" -> startUpload(exchange, path.group(1));
            case "PATCH blobs/uploads" -> patchUpload(exchange, path.group(3));
            case "GET blobs/uploads" -> uploaded(exchange, path.group(3), 204);
            case "PUT blobs/uploads" -> endUpload(exchange, path.group(1), path.group(3));
            default -> send(exchange, 405, error("UNSUPPORTED", "not so"));
        }
    }

    private static void manifest(HttpExchange exchange, Stored manifest) throws IOException {
        if (manifest == null) {
            send(exchange, 404, error("MANIFEST_UNKNOWN", "manifest unknown"));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", manifest.mediaType() + "; charset=utf-8");
        exchange.getResponseHeaders()
                .set("Docker-Content-Digest", Digest.sha256(manifest.content()).toString());
        send(exchange, 200, manifest.content());
    }

    private static void blob(HttpExchange exchange, byte[] blob) throws IOException {
        if (blob == null) {
            send(exchange, 404, error("BLOB_UNKNOWN", "blob unknown"));
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, blob);
            return;
        }
        int from = Integer.parseInt(range.replaceAll("^bytes=|-$", ""));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + from + "-" + (blob.length - 1) + "/" + blob.length);
        send(exchange, 206, Arrays.copyOfRange(blob, from, blob.length));
    }

    private void startUpload(HttpExchange exchange, String repository) throws IOException {
        Map<String, String> query = query(exchange);
        byte[] mounted = blobs.get(query.get("from") + "@" + query.get("mount"));
        if (mounted != null) {
            blobs.put(repository + "@" + query.get("mount"), mounted);
            send(exchange, 201, new byte[0]);
            return;
        }
        String id = Integer.toString(started.getAndIncrement());
        uploads.put(id, new ByteArrayOutputStream());
        exchange.getResponseHeaders().set("Location", "/v2/" + repository + "/blobs/uploads/" + id + "?state=a%2Fb");
        send(exchange, 202, new byte[0]);
    }

    private void patchUpload(HttpExchange exchange, String id) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (!range.startsWith(uploads.get(id).size() + "-")) {
            uploaded(exchange, id, 416);
            return;
        }
        exchange.getRequestBody().transferTo(uploads.get(id));
        uploaded(exchange, id, 202);
    }

    private void uploaded(HttpExchange exchange, String id, int status) throws IOException {
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        exchange.getRequestURI().getPath() + "?state="
                                + uploads.get(id).size());
        exchange.getResponseHeaders()
                .set("Range", "0-" + Math.max(0, uploads.get(id).size() - 1));
        send(exchange, status, new byte[0]);
    }

    private void endUpload(HttpExchange exchange, String repository, String id) throws IOException {
        exchange.getRequestBody().transferTo(uploads.get(id));
        byte[] content = uploads.remove(id).toByteArray();
        String digest = query(exchange).get("digest");
        if (!Digest.sha256(content).toString().equals(digest)) {
            send(exchange, 400, error("DIGEST_INVALID", "digest differs"));
            return;
        }
        blobs.put(repository + "@" + digest, content);
        send(exchange, 201, new byte[0]);
    }

    /** What has arrived of uploads that have not ended. */
    Map<String, ByteArrayOutputStream> uploads() {
        return uploads;
    }

    private void putManifest(HttpExchange exchange, String repository, String reference) throws IOException {
        byte[] content = exchange.getRequestBody().readAllBytes();
        Stored stored = new Stored(exchange.getRequestHeaders().getFirst("Content-Type"), content);
        Descriptor descriptor = Descriptor.of(stored.mediaType(), content);
        for (Descriptor child : children(descriptor, content)) {
            String key = repository + "@" + child.digest();
            if (!blobs.containsKey(key) && !manifests.containsKey(key)) {
                send(exchange, 400, error("MANIFEST_BLOB_UNKNOWN", "missing " + child.digest()));
                return;
            }
        }
        manifests.put(repository + "@" + reference, stored);
        manifests.put(repository + "@" + descriptor.digest(), stored);
        exchange.getResponseHeaders()
                .set("Docker-Content-Digest", descriptor.digest().toString());
        send(exchange, 201, new byte[0]);
    }

    private static List<Descriptor> children(Descriptor descriptor, byte[] content) throws IOException {
        if (MediaTypes.isIndex(descriptor.mediaType())) {
            return Index.parse(content).manifests();
        }
        Manifest manifest = Manifest.parse(content);
        List<Descriptor> children = new ArrayList<>(manifest.layers());
        children.add(manifest.config());
        return children;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        String text =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static byte[] error(String code, String message) {
        return "{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\",\"detail\":null}]}"
                .formatted(code, message)
                .getBytes(StandardCharsets.UTF_8);
    }
}
