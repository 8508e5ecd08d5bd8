package dev.slipway.oci.registry;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends, as a stream for one thread. An interrupt ends a read that waits; the stream that Java's client has swallows
 * it before Java 20 (JDK-8294047), so that a build could not be stopped while a server is silent.
 */
public final class BodyStream extends InputStream implements BodySubscriber<InputStream> {

    /** How many deliveries may wait for the reader; each is of a few times ten kilobytes. */
    private static final int AHEAD = 8;

    /** Known by its identity. */
    private static final List<ByteBuffer> END = List.of(ByteBuffer.allocate(0));

    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private Iterator<ByteBuffer> rest = Collections.emptyIterator();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private @Nullable Subscription subscription;
    private @Nullable IOException failure;
    private boolean ended;

    BodyStream() {}

    /** Gives answers such bodies. */
    public static BodyHandler<InputStream> handler() {
        return answer -> new BodyStream();
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Subscription wanted) {
        subscription = wanted;
        if (failure == null) {
            wanted.request(AHEAD);
        } else {
            wanted.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(buffers);
    }

    @Override
    public void onError(Throwable cause) {
        fail(cause instanceof IOException exception ? exception : new IOException(cause));
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    private void fail(IOException cause) {
        synchronized (this) {
            failure = failure == null ? cause : failure;
        }
        arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? current.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = 0;
        // What has arrived already comes along: a few large pieces cost less than many small ones.
        do {
            int taken = Math.min(length - count, current.remaining());
            current.get(bytes, offset + count, taken);
            count += taken;
        } while (count < length && hasArrived());
        return count;
    }

    /** Whether there is more to be read without waiting. How it ends is left to the next one who reads. */
    private boolean hasArrived() throws IOException {
        while (!current.hasRemaining()) {
            List<ByteBuffer> next = arrived.peek();
            if (rest.hasNext()) {
                current = rest.next();
            } else if (next == null || next == END) {
                return false;
            } else {
                begin(arrived.remove());
            }
        }
        return true;
    }

    /** Waits until there is something to be read, or no more comes. */
    private boolean hasMore() throws IOException {
        while (!current.hasRemaining()) {
            if (rest.hasNext()) {
                current = rest.next();
            } else if (ended) {
                return false;
            } else {
                takeNext();
            }
        }
        return true;
    }

    private void takeNext() throws IOException {
        List<ByteBuffer> next;
        try {
            next = arrived.take();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("reading was interrupted").initCause(e);
        }
        begin(next);
    }

    private void begin(List<ByteBuffer> next) throws IOException {
        synchronized (this) {
            ended = next == END;
            if (!ended) {
                rest = next.iterator();
                requireNonNull(subscription).request(1);
            } else if (failure != null) {
                arrived.add(END); // Whoever asks again hears the same.
                ended = false;
                throw new IOException(failure.getMessage(), failure);
            }
        }
    }

    @Override
    public void close() {
        @Nullable Subscription wanted;
        synchronized (this) {
            wanted = subscription;
        }
        fail(new IOException("the stream is closed"));
        if (wanted != null) {
            wanted.cancel();
        }
    }
}
