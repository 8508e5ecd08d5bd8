package dev.slipway.local.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A socket over which records go. One thread may receive while another sends: the streams that the JDK makes of a channel would
 * wait for each other.
 */
final class WorkerSocket implements Closeable {

    private final SocketChannel channel;
    private final DataInputStream in;
    private final DataOutputStream out;

    WorkerSocket(SocketChannel channel) {
        this.channel = channel;
        this.in = new DataInputStream(new BufferedInputStream(new Input(channel)));
        this.out = new DataOutputStream(new BufferedOutputStream(new Output(channel), 1 << 16));
    }

    static WorkerSocket to(Path socket) throws IOException {
        return new WorkerSocket(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** Sends a record; {@code type} is what the other end will ask for. */
    synchronized <T> void send(Class<T> type, T record) throws IOException {
        RecordCodec.write(out, type, record);
        out.flush();
    }

    /**
     * Waits for a record.
     *
     * @throws java.io.EOFException if the other end has closed the connection
     */
    <T> T receive(Class<T> type) throws IOException {
        return type.cast(RecordCodec.read(in, type));
    }

    /** Waits until the other end closes the connection. It is not expected to send anything. */
    void awaitEnd() throws IOException {
        while (in.read() >= 0) {
            // Whatever it is, it is not the end.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static final class Input extends InputStream {

        private final SocketChannel channel;

        private Input(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private static final class Output extends OutputStream {

        private final SocketChannel channel;

        private Output(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }
}
