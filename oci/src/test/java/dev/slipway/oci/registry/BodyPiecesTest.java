package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class BodyPiecesTest {

    private final Receiver receiver = new Receiver();
    private boolean closed;

    /** Takes what comes, and wants one more each time if it is eager. */
    private static final class Receiver implements Subscriber<ByteBuffer> {

        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private boolean eager;
        private int pieces;
        private boolean complete;
        private Optional<Throwable> failure = Optional.empty();
        private Subscription subscription;

        @Override
        public void onSubscribe(Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(ByteBuffer piece) {
            pieces++;
            received.write(piece.array(), piece.position(), piece.remaining());
            if (eager) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable cause) {
            failure = Optional.of(cause);
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private BodyPieces pieces(InputStream content) {
        return new BodyPieces(() -> content);
    }

    private InputStream content(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed = true;
            }
        };
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(5).nextBytes(noise);
        return noise;
    }

    @Test
    void allOfAContentComesInOrderAndInLargePieces() {
        byte[] content = noise(1_000_000);
        receiver.eager = true;

        pieces(content(content)).subscribe(receiver);
        receiver.subscription.request(1);

        assertThat(receiver.received.toByteArray()).isEqualTo(content);
        assertThat(receiver.pieces).isLessThan(10);
        assertThat(receiver.complete).isTrue();
        assertThat(closed).isTrue();
    }

    @Test
    void noMoreComesThanIsWanted() {
        pieces(content(noise(1_000_000))).subscribe(receiver);
        receiver.subscription.request(2);
        receiver.subscription.request(1);

        assertThat(receiver.pieces).isEqualTo(3);
        assertThat(receiver.complete).isFalse();
        assertThat(closed).isFalse();
    }

    @Test
    void aContentThatIsNotWantedAnyMoreIsClosed() {
        pieces(content(noise(1_000_000))).subscribe(receiver);
        receiver.subscription.request(1);
        receiver.subscription.cancel();
        receiver.subscription.request(1);

        assertThat(receiver.pieces).isEqualTo(1);
        assertThat(closed).isTrue();
    }

    @Test
    void aContentThatCannotBeReadIsAFailure() {
        pieces(new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the disk has gone");
                    }

                    @Override
                    public void close() {
                        closed = true;
                    }
                })
                .subscribe(receiver);
        receiver.subscription.request(1);

        assertThat(receiver.failure.orElseThrow()).hasMessage("the disk has gone");
        assertThat(closed).isTrue();
    }

    @Test
    void aContentThatCannotBeOpenedIsAFailure() {
        new BodyPieces(() -> {
                    throw new IOException("it is not there");
                })
                .subscribe(receiver);

        assertThat(receiver.failure.orElseThrow()).hasMessage("it is not there");
    }
}
