package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Index;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry on loopback with the images of a layout under one tag, which writes down what it is asked for. */
final class TestRegistry implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path layout;
    private volatile Descriptor root;
    private volatile Optional<String> required = Optional.empty();
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    TestRegistry(Path layout) throws IOException {
        this.layout = layout;
        this.root = Index.parse(Files.readAllBytes(layout.resolve("index.json")))
                .manifests()
                .get(0);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v2/", this::answer);
        server.start();
    }

    /** Gives nothing from now on to those who do not show this {@code Authorization} header. */
    void require(String authorization) {
        required = Optional.of(authorization);
    }

    /** The reference of the image. */
    String reference() {
        return "127.0.0.1:" + server.getAddress().getPort() + "/library/base:1";
    }

    /** What the tag stands for. */
    Descriptor root() {
        return root;
    }

    /** Moves the tag. */
    void tag(Descriptor other) {
        root = other;
    }

    /** How many layers and configs were fetched, each as often as it was. */
    List<String> blobs() {
        return requests.stream()
                .filter(request -> request.startsWith("GET /v2/library/base/blobs/"))
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        requests.add(method + " " + path);
        String shown = exchange.getRequestHeaders().getFirst("Authorization");
        if (required.isPresent() && !required.get().equals(shown)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        String name = path.substring(path.lastIndexOf('/') + 1);
        Digest digest = path.equals("/v2/library/base/manifests/1") ? root.digest() : Digest.parse(name);
        Path file = layout.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
        byte[] content = Files.readAllBytes(file);
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest.toString());
        String type = path.contains("/manifests/") ? mediaType(digest, content) : "application/octet-stream";
        exchange.getResponseHeaders().set("Content-Type", type);
        if (method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
        exchange.close();
    }

    private String mediaType(Digest digest, byte[] content) {
        return digest.equals(root.digest()) && new String(content).contains("\"manifests\"")
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.oci.image.manifest.v1+json";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
