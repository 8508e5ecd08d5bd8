package dev.slipway.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Files behind URLs on loopback. */
final class WebServer implements AutoCloseable {

    /** When its files were changed, as it says if it says so. */
    static final long LAST_MODIFIED = 1_445_412_480;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final HttpServer server;

    private WebServer(HttpServer server) {
        this.server = server;
    }

    static WebServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        WebServer web = new WebServer(server);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] file = web.files.get(path);
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                if (path.startsWith("/dated")) {
                    exchange.getResponseHeaders().set("Last-Modified", "Wed, 21 Oct 2015 07:28:00 GMT");
                }
                exchange.sendResponseHeaders(200, file.length);
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        server.start();
        return web;
    }

    /** Serves a file; one whose name begins with {@code dated} has a time. Returns its URL. */
    String serve(String name, byte[] content) {
        files.put("/" + name, content);
        return url(name);
    }

    String url(String name) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
