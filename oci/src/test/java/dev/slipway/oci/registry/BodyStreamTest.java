package dev.slipway.oci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class BodyStreamTest {

    private final BodyStream stream = new BodyStream();
    private volatile boolean cancelled;

    @BeforeEach
    void subscribe() {
        stream.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatArrivesIsReadInOrderUpToTheEnd() throws IOException {
        stream.onNext(List.of(bytes("ab"), bytes(""), bytes("c")));
        stream.onNext(List.of(bytes("d")));
        stream.onComplete();
        assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("abcd");
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void oneReadTakesAllThatHasArrivedAndWaitsForNoMore() throws IOException {
        stream.onNext(List.of(bytes("ab"), bytes(""), bytes("c")));
        stream.onNext(List.of(bytes("d"), bytes("")));
        byte[] piece = new byte[10];
        assertThat(stream.read(piece)).isEqualTo(4);
        assertThat(piece).startsWith('a', 'b', 'c', 'd');
        stream.onNext(List.of(bytes("efg")));
        assertThat(stream.read(piece, 0, 2)).isEqualTo(2);
        stream.onError(new IOException("reset"));
        assertThat(stream.read(piece)).isEqualTo(1);
        assertThatThrownBy(() -> stream.read(piece)).hasMessage("reset");
    }

    @Test
    void aConnectionThatIsLostIsAFailureAfterWhatHasArrived() throws IOException {
        stream.onNext(List.of(bytes("a")));
        stream.onError(new IOException("reset"));
        assertThat(stream.read()).isEqualTo('a');
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessage("reset");
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessage("reset");
    }

    @Test
    void anInterruptEndsAReadThatWaits() throws Exception {
        FutureTask<Throwable> failure = new FutureTask<>(this::failureOfRead);
        Thread reader = new Thread(failure);
        reader.start();
        reader.interrupt();
        assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(cancelled).isTrue();
    }

    @Test
    void closingFromAnotherThreadEndsAReadThatWaits() throws Exception {
        FutureTask<Throwable> failure = new FutureTask<>(this::failureOfRead);
        new Thread(failure).start();
        stream.close();
        assertThat(failure.get()).isInstanceOf(IOException.class).hasMessage("the stream is closed");
    }

    private Throwable failureOfRead() {
        try {
            return new AssertionError("read " + stream.read());
        } catch (IOException e) {
            return e;
        }
    }
}
