package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a server sends. If it ends early that is the server's fault or the network's, not that of the file it is written to. */
final class HttpBody extends FilterInputStream {

    private final String url;

    HttpBody(String url, InputStream body) {
        super(body);
        this.url = url;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ExecutorException failure(IOException cause) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw cause;
        }
        return new ExecutorException(
                "cannot get " + url + ": the connection was lost before the download was complete; try again", cause);
    }
}
