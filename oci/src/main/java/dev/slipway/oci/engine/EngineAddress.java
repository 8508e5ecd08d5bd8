package dev.slipway.oci.engine;

import dev.slipway.oci.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The address of an engine. Its text is in the form of {@code DOCKER_HOST}. */
sealed interface EngineAddress {

    /** A connection that is not open yet. */
    EngineConnection open() throws IOException;

    /** A Unix socket. */
    record UnixSocket(Path path) implements EngineAddress {

        @Override
        public EngineConnection open() throws IOException {
            return SocketConnection.unix(path);
        }

        @Override
        public String toString() {
            return "unix://" + path;
        }
    }

    /**
     * A port.
     *
     * @param tls plain HTTP if it is empty
     */
    record Tcp(String host, int port, Optional<TlsFiles> tls) implements EngineAddress {

        @Override
        public EngineConnection open() throws IOException {
            return tls.isPresent() ? TlsConnection.open(host, port, tls.get()) : SocketConnection.tcp(host, port);
        }

        @Override
        public String toString() {
            return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * An engine on another machine, reached through a program.
     *
     * @param text the address
     * @param command the program with its arguments, whose input and output are the connection
     */
    record Ssh(String text, List<String> command) implements EngineAddress {

        @Override
        public EngineConnection open() throws IOException {
            return ProcessConnection.start(command);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
