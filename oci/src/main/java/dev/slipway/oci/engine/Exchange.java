package dev.slipway.oci.engine;

import dev.slipway.oci.disk.FileErrors;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One request to an engine and its answer, on a connection of its own. */
final class Exchange implements AutoCloseable {

    private static final String HEAD = "Host: engine\r\nUser-Agent: slipway\r\nConnection: close\r\n";

    private final EngineConnection connection;
    private final Watchdog watchdog;
    private final Duration patience;

    /**
     * @param connection closed at the end
     * @param patience how long the connection may be silent
     */
    Exchange(EngineConnection connection, Duration patience) {
        this.connection = connection;
        this.watchdog = new Watchdog(connection, patience);
        this.patience = patience;
    }

    /** The body of a request. */
    interface Body {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /**
     * An answer.
     *
     * @param body fails if it is cut off
     */
    record Answer(AnswerHead head, InputStream body) {}

    /**
     * Sends a request without a body.
     *
     * @throws ConnectionException if there is no answer
     */
    Answer get(String path) throws IOException {
        try {
            connection.connect();
            OutputStream out = output();
            send(out, "GET " + path + " HTTP/1.1\r\n" + HEAD + "\r\n");
            return answer();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Sends an archive. An engine may answer, and close the connection, before it has read everything; then that answer is
     * returned.
     *
     * @throws ConnectionException if there is no answer
     * @throws IOException if the archive cannot be read
     */
    Answer post(String path, Body archive) throws IOException, InterruptedException {
        OutputStream out;
        try {
            connection.connect();
            out = output();
            send(
                    out,
                    "POST " + path + " HTTP/1.1\r\n" + HEAD
                            + "Content-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n");
        } catch (IOException e) {
            throw broken(e);
        }
        try {
            ChunkedOutput body = new ChunkedOutput(new Sending(out));
            archive.writeTo(body);
            body.finish(out);
        } catch (SendingException e) {
            return early(e);
        }
        try {
            return answer();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Answer early(SendingException failure) throws ConnectionException {
        IOException cause = failure.getCause() instanceof IOException io ? io : failure;
        if (watchdog.isExpired()) {
            throw broken(cause);
        }
        try {
            Answer answer = answer();
            if (answer.head().status() >= 400) {
                return answer;
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        throw broken(new IOException("the connection was closed before all was sent", cause));
    }

    private static void send(OutputStream out, String head) throws IOException {
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private Answer answer() throws IOException {
        InputStream in = new BufferedInputStream(input());
        AnswerHead head = AnswerHead.read(in);
        return new Answer(head, AnswerBody.of(head, in));
    }

    private OutputStream output() throws IOException {
        return new FilterOutputStream(connection.output()) {

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                out.write(buffer, offset, length);
                watchdog.moved();
            }
        };
    }

    private InputStream input() throws IOException {
        return new FilterInputStream(connection.input()) {

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int n = super.read(buffer, offset, length);
                watchdog.moved();
                return n;
            }
        };
    }

    /** Explains why a connection broke, as far as is known. */
    ConnectionException broken(IOException failure) {
        if (watchdog.isExpired()) {
            return new ConnectionException("nothing moved for " + patience.toSeconds() + " seconds", failure);
        }
        String words = Thread.currentThread().isInterrupted() ? "" : connection.lastWords();
        return new ConnectionException(words.isEmpty() ? FileErrors.reason(failure) : words, failure);
    }

    @Override
    public void close() throws IOException {
        watchdog.close();
        connection.close();
    }

    /** Distinguishes failures of the connection from failures of the archive. */
    private static final class Sending extends FilterOutputStream {

        Sending(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                out.write(buffer, offset, length);
            } catch (IOException e) {
                throw new SendingException(e);
            }
        }
    }

    private static final class SendingException extends IOException {

        private static final long serialVersionUID = 1;

        SendingException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
