package dev.slipway.oci.engine;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine that says what a test wants. It knows the ids of images by their names. */
public final class FakeEngine implements Closeable {

    public static final String DOCKER =
            "{\"ServerVersion\":\"20.10.24\",\"OSType\":\"linux\",\"Architecture\":\"x86_64\","
                    + "\"DriverStatus\":null}";
    public static final String CONTAINERD =
            "{\"ServerVersion\":\"28.2.2\",\"OSType\":\"linux\",\"Architecture\":\"x86_64\","
                    + "\"DriverStatus\":[[\"driver-type\",\"io.containerd.snapshotter.v1\"]]}";

    private final Map<String, Conversation> answers = new ConcurrentHashMap<>();
    private final Map<String, String> images = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Closeable socket;
    private final Thread thread;
    private volatile byte[] archive = {};

    /** What is said on one connection. */
    interface Conversation {
        void hold(InputStream in, OutputStream out) throws IOException;
    }

    /** Where connections come from. */
    interface Acceptor {
        Connection accept() throws IOException;
    }

    /** A connection of a client. */
    record Connection(InputStream in, OutputStream out, Closeable socket) {}

    FakeEngine(Closeable socket, Acceptor acceptor) {
        this.socket = socket;
        on("GET /_ping", (in, out) -> say(out, "200 OK", "Api-Version: 1.41\r\nContent-Length: 2\r\n", "OK"));
        info(DOCKER);
        on("POST /v1.41/images/load?quiet=1", (in, out) -> {
            archive = body(in);
            sayChunked(out, "{\"stream\":\"Loaded image\"}\r\n");
        });
        thread = new Thread(() -> serve(acceptor), "fake-engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** One that listens on a Unix socket. */
    public static FakeEngine at(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        return new FakeEngine(server, () -> {
            SocketChannel client = server.accept();
            return new Connection(Channels.newInputStream(client), Channels.newOutputStream(client), client);
        });
    }

    /** Answers a request in another way from now on. */
    FakeEngine on(String request, Conversation answer) {
        answers.put(request, answer);
        return this;
    }

    /** Says this of itself from now on. */
    public FakeEngine info(String document) {
        return on("GET /v1.41/info", (in, out) -> say(out, "200 OK", length(document), document));
    }

    /** Has an image from now on. */
    public FakeEngine image(String name, String id) {
        images.put(name, id);
        return this;
    }

    /** The first lines of the requests that it got, without the version of HTTP. */
    public List<String> requests() {
        return requests;
    }

    /** The archive that was loaded last. */
    public byte[] archive() {
        return archive;
    }

    private void serve(Acceptor acceptor) {
        while (true) {
            try {
                Connection connection = acceptor.accept();
                Thread one = new Thread(() -> hold(connection), "fake-engine-connection");
                one.setDaemon(true);
                one.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void hold(Connection connection) {
        try (connection.socket) {
            String first = AnswerHead.line(connection.in);
            String request = first.substring(0, first.lastIndexOf(' '));
            requests.add(request);
            Map<String, String> fields = new TreeMap<>();
            for (String line = AnswerHead.line(connection.in); !line.isEmpty(); line = AnswerHead.line(connection.in)) {
                fields.put(line.split(": ", 2)[0], line.split(": ", 2)[1]);
            }
            if (!fields.getOrDefault("Connection", "").equals("close") || !fields.containsKey("Host")) {
                throw new IOException("not the request that is expected: " + first + " " + fields);
            }
            answers.getOrDefault(request, (in, out) -> image(request, out)).hold(connection.in, connection.out);
            connection.out.flush();
        } catch (IOException e) {
            // The client has gone, as some tests want.
            return;
        }
    }

    private void image(String request, OutputStream out) throws IOException {
        String name = request.replaceFirst("GET /v1.41/images/(.*)/json", "$1");
        if (images.containsKey(name)) {
            String document = "{\"Id\":\"" + images.get(name) + "\"}";
            say(out, "200 OK", length(document), document);
        } else {
            String document = "{\"message\":\"No such image: " + name + "\"}";
            say(out, "404 Not Found", length(document), document);
        }
    }

    static String length(String document) {
        return "Content-Length: " + document.length() + "\r\n";
    }

    static void say(OutputStream out, String status, String fields, String body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + fields + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
    }

    static void sayChunked(OutputStream out, String... pieces) throws IOException {
        StringBuilder body = new StringBuilder();
        for (String piece : pieces) {
            body.append(Integer.toHexString(piece.length()))
                    .append("\r\n")
                    .append(piece)
                    .append("\r\n");
        }
        say(out, "200 OK", "Transfer-Encoding: chunked\r\n", body + "0\r\n\r\n");
    }

    /** A chunked body to its end. */
    static byte[] body(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw new EOFException("the body was cut off");
            }
            body.writeBytes(chunk);
            AnswerHead.line(in);
        }
        AnswerHead.line(in);
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(AnswerHead.line(in), 16);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
