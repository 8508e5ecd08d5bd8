package dev.slipway.oci.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is sent to a server, in larger pieces than Java's client takes of a stream itself: each goes from thread to thread on its
 * way, which costs the same whatever its size.
 */
final class BodyPieces implements Publisher<ByteBuffer> {

    private static final int SIZE = 1 << 17;

    /** Of what could not be opened. */
    private static final Subscription NOTHING = new Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    private final Call.Content content;

    BodyPieces(Call.Content content) {
        this.content = content;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        try {
            subscriber.onSubscribe(new Reading(content.open(), subscriber));
        } catch (IOException e) {
            subscriber.onSubscribe(NOTHING);
            subscriber.onError(e);
        }
    }

    /** Reads in the thread of whoever wants something, one at a time. */
    private static final class Reading implements Subscription {

        private final InputStream in;
        private final Subscriber<? super ByteBuffer> subscriber;

        /** How many pieces are wanted, the one included that is being read. Who finds none wanted is the one to read. */
        private final AtomicLong wanted = new AtomicLong();

        private volatile boolean ended;

        private Reading(InputStream in, Subscriber<? super ByteBuffer> subscriber) {
            this.in = in;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            if (wanted.getAndUpdate(now -> now + count < 0 ? Long.MAX_VALUE : now + count) == 0) {
                do {
                    next();
                } while (!ended && wanted.decrementAndGet() > 0);
                if (ended) {
                    close();
                }
            }
        }

        private void next() {
            try {
                byte[] piece = new byte[SIZE];
                int count = in.readNBytes(piece, 0, SIZE);
                if (ended) {
                    return;
                }
                if (count > 0) {
                    subscriber.onNext(ByteBuffer.wrap(piece, 0, count));
                } else {
                    ended = true;
                    subscriber.onComplete();
                }
            } catch (IOException | RuntimeException e) {
                ended = true;
                subscriber.onError(e);
            }
        }

        @Override
        public void cancel() {
            ended = true;
            if (wanted.getAndIncrement() == 0) {
                close();
            }
        }

        private void close() {
            try {
                in.close();
            } catch (IOException e) {
                // All that was wanted of it has been read.
            }
        }
    }
}
