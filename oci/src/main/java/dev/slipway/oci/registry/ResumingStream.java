package dev.slipway.oci.registry;

import dev.slipway.executor.image.Descriptor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A blob as it comes from a registry. When the connection breaks, the rest is fetched by another request. */
final class ResumingStream extends InputStream {

    private final BlobEndpoint blobs;
    private final Descriptor descriptor;
    private final Connection connection;
    private final String what;
    private InputStream in;
    private long position;
    private int failures;

    ResumingStream(BlobEndpoint blobs, Connection connection, Descriptor descriptor, String what) throws IOException {
        this.blobs = blobs;
        this.descriptor = descriptor;
        this.connection = connection;
        this.what = what;
        this.in = blobs.open(descriptor, 0, what);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (true) {
            try {
                int n = in.read(buffer, offset, length);
                if (n < 0 && position < descriptor.size()) {
                    throw new EOFException("the connection was closed after " + position + " bytes");
                }
                if (n > 0) {
                    position += n;
                    failures = 0;
                }
                return n;
            } catch (IOException e) {
                resume(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void resume(IOException failure) throws IOException {
        Backoff backoff = connection.backoff();
        close();
        if (!Backoff.isPassing(failure) || backoff.isLast(failures)) {
            throw connection.explained(what, failure);
        }
        backoff.await(failures++);
        in = blobs.open(descriptor, position, what);
    }
}
