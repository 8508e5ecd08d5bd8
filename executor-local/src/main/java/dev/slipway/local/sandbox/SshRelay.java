package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import dev.slipway.oci.posix.IdMap;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A socket that passes each connection on to an SSH agent of this machine. The agent's own socket belongs to its user alone;
 * this one belongs to whom the step runs as.
 */
final class SshRelay implements AutoCloseable {

    private static final int PIECE = 16 << 10;

    private final Path folder;
    private final Path agent;
    private final ServerSocketChannel server;
    private final ExecutorService connections = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "slipway-ssh");
        thread.setDaemon(true);
        return thread;
    });

    private SshRelay(Path folder, Path agent, ServerSocketChannel server) {
        this.folder = folder;
        this.agent = agent;
        this.server = server;
    }

    /**
     * Opens a socket and waits for connections.
     *
     * @throws ExecutorException if there is no agent, or the socket cannot be made
     */
    static SshRelay open(SandboxMount.SshAgent mount) {
        if (!Files.exists(mount.socket())) {
            throw new ExecutorException("there is no SSH agent at " + mount.socket()
                    + "; start one, or check SSH_AUTH_SOCK and the socket that the build was given");
        }
        try {
            // The path of a socket has at most 107 bytes, so that it cannot be in a folder of the caller's choice.
            Path folder = Files.createTempDirectory("slipway-ssh");
            // Who may connect is said by the socket.
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            SshRelay relay = new SshRelay(folder, mount.socket(), server);
            try {
                server.bind(UnixDomainSocketAddress.of(relay.socket()));
                Files.setAttribute(relay.socket(), "unix:mode", mount.mode());
                if (IdMap.current().hasUser(mount.uid()) && IdMap.current().hasGroup(mount.gid())) {
                    relay.give(mount.uid(), mount.gid());
                }
            } catch (IOException e) {
                relay.close();
                throw e;
            }
            relay.connections.execute(relay::accept);
            return relay;
        } catch (IOException e) {
            throw new ExecutorException("cannot make a socket for the SSH agent: " + e.getMessage(), e);
        }
    }

    /** Who may not give it away runs steps of every user as himself. */
    private void give(int uid, int gid) throws IOException {
        try {
            Files.setAttribute(socket(), "unix:uid", uid);
            Files.setAttribute(socket(), "unix:gid", gid);
        } catch (FileSystemException e) {
            // The socket is there, and whoever reaches it runs as this user.
        }
    }

    /** Where the socket is on this machine. */
    Path socket() {
        return folder.resolve("agent");
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                connections.execute(() -> relay(client));
            } catch (IOException e) {
                return; // It is closed.
            }
        }
    }

    private void relay(SocketChannel client) {
        try (client;
                SocketChannel target = SocketChannel.open(UnixDomainSocketAddress.of(agent))) {
            connections.execute(() -> pump(client, target));
            pump(target, client);
        } catch (IOException e) {
            // The step sees that the agent has hung up.
        }
    }

    /** Passes on what comes, to the end of it. */
    private static void pump(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(PIECE);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has hung up; closing both ends the other direction too.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            connections.shutdownNow();
            Files.deleteIfExists(socket());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new ExecutorException("cannot remove " + socket() + ": " + e.getMessage(), e);
        }
    }
}
