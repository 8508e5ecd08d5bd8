package dev.slipway.local.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Gives the repositories of a folder over HTTP: by git's own program for servers, or as plain files. It notes who asks. */
final class GitHttpServer implements AutoCloseable {

    /** Each request: its path, and the authorization that came with it, or a dash. */
    final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, String> redirects = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, String> closed = Collections.synchronizedMap(new TreeMap<>());
    private final Path folder;
    private final boolean isSmart;
    private volatile boolean isOld;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    GitHttpServer(Path folder, boolean isSmart) throws IOException {
        this.folder = folder;
        this.isSmart = isSmart;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String url(String path) {
        return "http://" + host() + path;
    }

    /** From now on it knows but the first version of git's protocol, in which nothing can be asked for but the last commits. */
    void speakOldProtocol() {
        isOld = true;
    }

    /** What is below one path is elsewhere. */
    void redirect(String path, String url) {
        redirects.put(path, url);
    }

    /** What is below a path is only for those who send this. */
    void close(String path, String authorization) {
        closed.put(path, authorization);
    }

    /** What was sent along with requests below a path, each once. */
    List<String> authorizationsOf(String path) {
        return List.copyOf(requests).stream()
                .filter(request -> request.startsWith(path))
                .map(request -> request.substring(request.indexOf(' ') + 1))
                .distinct()
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        requests.add(path + " " + (authorization == null ? "-" : authorization));
        try (exchange) {
            for (Map.Entry<String, String> redirect : redirects.entrySet()) {
                if (path.startsWith(redirect.getKey())) {
                    String query = exchange.getRequestURI().getRawQuery();
                    String rest = path.substring(redirect.getKey().length()) + (query == null ? "" : "?" + query);
                    exchange.getResponseHeaders().set("Location", redirect.getValue() + rest);
                    exchange.sendResponseHeaders(301, -1);
                    return;
                }
            }
            for (Map.Entry<String, String> place : closed.entrySet()) {
                if (path.startsWith(place.getKey()) && !place.getValue().equals(authorization)) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                    exchange.sendResponseHeaders(401, -1);
                    return;
                }
            }
            if (isSmart) {
                run(exchange, path);
            } else {
                send(exchange, path);
            }
        }
    }

    private void send(HttpExchange exchange, String path) throws IOException {
        Path file = folder.resolve(path.substring(1));
        if (!Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        byte[] body = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void run(HttpExchange exchange, String path) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> variables = builder.environment();
        variables.put("GIT_PROJECT_ROOT", folder.toString());
        variables.put("GIT_HTTP_EXPORT_ALL", "1");
        variables.put("PATH_INFO", path);
        variables.put("REQUEST_METHOD", exchange.getRequestMethod());
        variables.put("REMOTE_ADDR", "127.0.0.1");
        String query = exchange.getRequestURI().getRawQuery();
        variables.put("QUERY_STRING", query == null ? "" : query);
        for (Map.Entry<String, String> header : Map.of(
                        "Content-Type", "CONTENT_TYPE",
                        "Content-Encoding", "HTTP_CONTENT_ENCODING",
                        "Git-Protocol", "GIT_PROTOCOL")
                .entrySet()) {
            String value = exchange.getRequestHeaders().getFirst(header.getKey());
            if (value != null && !(isOld && header.getKey().equals("Git-Protocol"))) {
                variables.put(header.getValue(), value);
            }
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        variables.put("CONTENT_LENGTH", Integer.toString(body.length));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
        }
        InputStream answer = new ByteArrayInputStream(process.getInputStream().readAllBytes());
        int status = 200;
        for (String line = line(answer); !line.isEmpty(); line = line(answer)) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (line.substring(0, colon).equals("Status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(line.substring(0, colon), value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        answer.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
