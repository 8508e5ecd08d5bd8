package dev.slipway.oci.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A connection over a socket, which ends when its thread is interrupted. */
final class SocketConnection implements EngineConnection {

    private final SocketAddress address;
    private final SocketChannel channel;

    private SocketConnection(SocketAddress address, SocketChannel channel) {
        this.address = address;
        this.channel = channel;
    }

    static SocketConnection unix(Path path) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        return new SocketConnection(address, SocketChannel.open(StandardProtocolFamily.UNIX));
    }

    static SocketConnection tcp(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("there is no host " + host);
        }
        return new SocketConnection(address, SocketChannel.open());
    }

    @Override
    public void connect() throws IOException {
        channel.connect(address);
    }

    SocketChannel channel() {
        return channel;
    }

    @Override
    public InputStream input() {
        return Channels.newInputStream(channel);
    }

    @Override
    public OutputStream output() {
        return Channels.newOutputStream(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
