package dev.slipway.oci.engine;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.tls.TlsFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** TLS over a socket. */
final class TlsConnection implements EngineConnection {

    private final SocketConnection socket;
    private final String host;
    private final int port;
    private final SSLContext context;
    private final boolean verified;
    private volatile @Nullable SSLSocket secured;

    private TlsConnection(SocketConnection socket, String host, int port, SSLContext context, boolean verified) {
        this.socket = socket;
        this.host = host;
        this.port = port;
        this.context = context;
        this.verified = verified;
    }

    static TlsConnection open(String host, int port, TlsFiles files) throws IOException {
        SSLContext context = files.context();
        return new TlsConnection(SocketConnection.tcp(host, port), host, port, context, files.verified());
    }

    @Override
    public void connect() throws IOException {
        socket.connect();
        SSLSocket secure = (SSLSocket)
                context.getSocketFactory().createSocket(socket.channel().socket(), host, port, true);
        secured = secure;
        if (verified) {
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
        }
        try {
            secure.startHandshake();
        } catch (SSLException e) {
            throw new IOException("no secure connection: " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream input() throws IOException {
        return requireNonNull(secured).getInputStream();
    }

    @Override
    public OutputStream output() throws IOException {
        return requireNonNull(secured).getOutputStream();
    }

    /** A TLS close message could block if the other side does not read, so only the socket is closed. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
