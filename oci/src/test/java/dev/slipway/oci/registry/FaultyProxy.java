package dev.slipway.oci.registry;

import dev.slipway.executor.ImageReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a real registry on loopback, and does something wrong with one of the requests, or with all from one on. */
public final class FaultyProxy implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

    /** What goes wrong. */
    public enum Fault {
        /** The connection is cut before the registry hears of the request. */
        CUT_BEFORE,
        /** The connection is cut when half of the request has reached the registry. */
        CUT_REQUEST,
        /** The registry does as it was told, but its answer is lost. */
        CUT_AFTER,
        /** The answer is cut in the middle. */
        CUT_ANSWER,
        /** One bit of what the answer holds is another one. */
        CORRUPT,
        /** The answer comes late, and bit by bit. */
        DELAY,
        TOO_MANY,
        FAILED,
        UNAVAILABLE,
        TIMED_OUT
    }

    private final int registry;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private Fault fault;
    private int from = Integer.MAX_VALUE;
    private int to = Integer.MAX_VALUE;
    private int count;

    public FaultyProxy(DistributionRegistry registry) throws IOException {
        this.registry = registry.port();
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** A client that does not wait long before it tries again. */
    public static RegistryClient impatientClient() {
        return new RegistryClient(RegistrySettings.anonymous(), new Backoff(Duration.ofMillis(1)));
    }

    public ImageReference reference(String name) {
        return ImageReference.parse("127.0.0.1:" + server.getLocalPort() + "/" + name);
    }

    /** Spoils this many requests from the one of this number on, which counts from now. */
    public synchronized FaultyProxy spoil(Fault what, int first, int times) {
        fault = what;
        from = first;
        to = times == Integer.MAX_VALUE ? times : first + times;
        count = 0;
        log.clear();
        return this;
    }

    /** Does nothing wrong any more. */
    public synchronized FaultyProxy heal() {
        return spoil(null, Integer.MAX_VALUE, 0);
    }

    /** The first lines of the requests since then. */
    public List<String> log() {
        return log;
    }

    private synchronized Fault next(String request) {
        log.add(request);
        int number = count++;
        return number >= from && number < to ? fault : null;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // The test has ended.
                return;
            }
        }
    }

    /** One request for each connection. */
    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            serve(client, head, next(head.substring(0, head.indexOf('\r'))));
        } catch (IOException e) {
            // That is what this is for.
        }
    }

    private void serve(Socket client, String head, Fault wrong) throws IOException {
        byte[] body = client.getInputStream().readNBytes(length(head));
        if (wrong == Fault.CUT_BEFORE) {
            return;
        }
        int status = wrong == null
                ? 0
                : switch (wrong) {
                    case TOO_MANY -> 429;
                    case FAILED -> 500;
                    case UNAVAILABLE -> 503;
                    case TIMED_OUT -> 504;
                    default -> 0;
                };
        if (status != 0) {
            String answer =
                    "HTTP/1.1 " + status + " No\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            return;
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), registry)) {
            String closing = head.replaceFirst("\r\n", "\r\nConnection: close\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(closing.getBytes(StandardCharsets.ISO_8859_1));
            if (wrong == Fault.CUT_REQUEST) {
                out.write(body, 0, body.length / 2);
                return;
            }
            out.write(body);
            answer(socket.getInputStream(), client.getOutputStream(), wrong);
        }
    }

    private static void answer(InputStream in, OutputStream out, Fault wrong) throws IOException {
        String head = head(in);
        byte[] body = in.readAllBytes();
        if (wrong == Fault.CUT_AFTER) {
            return;
        }
        if (wrong == Fault.CORRUPT && body.length > 0) {
            body[body.length / 2] ^= 1;
        }
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        if (wrong == Fault.DELAY) {
            trickle(start, out);
            trickle(body, out);
            return;
        }
        // An answer that holds nothing is cut in its head.
        boolean cut = wrong == Fault.CUT_ANSWER;
        out.write(start, 0, cut && body.length == 0 ? start.length / 2 : start.length);
        out.write(body, 0, cut ? body.length / 2 : body.length);
        out.flush();
    }

    private static void trickle(byte[] bytes, OutputStream out) throws IOException {
        int piece = Math.max(1, bytes.length / 20);
        for (int i = 0; i < bytes.length; i += piece) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.write(bytes, i, Math.min(piece, bytes.length - i));
            out.flush();
        }
    }

    private static int length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Integer.parseInt(length.group(1)) : 0;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
