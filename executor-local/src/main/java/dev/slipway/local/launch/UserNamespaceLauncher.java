package dev.slipway.local.launch;

import static dev.slipway.local.launch.SystemCall.CONNECT;
import static dev.slipway.local.launch.SystemCall.READ;
import static dev.slipway.local.launch.SystemCall.SOCKET;
import static dev.slipway.local.launch.SystemCall.UNSHARE;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Starts processes in user namespaces of their own, in which this user is root. The users and groups that the administrator has
 * set aside for him are there too; where there are none, he is alone.
 */
public final class UserNamespaceLauncher {

    /** The longest path of a socket, with the NUL at its end. */
    private static final int SOCKET_PATH = 108;

    private final Launcher launcher;
    private final OwnIds own = OwnIds.read();
    private Optional<SubordinateIds> others;

    /** @param launcher what starts them */
    public UserNamespaceLauncher(Launcher launcher) {
        this.launcher = launcher;
        this.others = SubordinateIds.find(own);
    }

    /** Whether processes see other users and groups than root. */
    public boolean hasOthers() {
        return others.isPresent();
    }

    /** What a process does once it is in its namespace. */
    public interface Calls {
        void add(ChildProgram program);
    }

    /**
     * Starts a process.
     *
     * @param folder an existing folder, of this user alone, for a short time; its path is not long
     * @throws ExecutorException if the kernel or the administrator allows no such namespace
     */
    public LaunchedProcess start(Path folder, Calls calls) throws InterruptedException {
        if (others.isPresent()) {
            try {
                return startWithOthers(folder, calls);
            } catch (RefusedException e) {
                // For instance in a container, where programs have no more rights than who starts them.
                others = Optional.empty();
            }
        }
        ChildProgram program = launcher.program();
        program.call("make a user namespace", UNSHARE, Linux.CLONE_NEWUSER);
        own.becomeRoot(program);
        calls.add(program);
        return launcher.start(program);
    }

    /** Those who were set aside cannot be had. */
    private static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1;
    }

    private LaunchedProcess startWithOthers(Path folder, Calls calls) throws InterruptedException, RefusedException {
        ChildProgram program = launcher.program();
        Path socket = folder.resolve("map");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            program.call("make a user namespace", UNSHARE, Linux.CLONE_NEWUSER);
            waitToBeMapped(program, socket);
            calls.add(program);
            LaunchedProcess process = launcher.start(program);
            try {
                map(server, process);
            } catch (IOException | RuntimeException | InterruptedException | RefusedException e) {
                process.destroy();
                throw e;
            }
            return process;
        } catch (IOException e) {
            throw new ExecutorException("cannot start a process in a user namespace: " + e.getMessage(), e);
        } finally {
            delete(socket);
        }
    }

    /** A process cannot name itself to the programs that map it: it waits until its parent has. */
    private static void waitToBeMapped(ChildProgram program, Path socket) {
        String description = "wait for users and groups";
        ByteBuffer address = ByteBuffer.allocate(2 + SOCKET_PATH).order(ByteOrder.nativeOrder());
        address.putShort((short) Linux.AF_UNIX).put(socket.toString().getBytes(StandardCharsets.UTF_8));
        int descriptor = program.open(description, SOCKET, Linux.AF_UNIX, Linux.SOCK_STREAM | Linux.SOCK_CLOEXEC, 0);
        program.call(description, CONNECT, descriptor, program.bytes(address.array()), address.capacity());
        program.call(description, READ, descriptor, program.words(0), 1);
        program.close(descriptor);
    }

    private void map(ServerSocketChannel server, LaunchedProcess process)
            throws IOException, InterruptedException, RefusedException {
        // If it ends before it has asked, nobody asks any more.
        process.onExit(() -> close(server));
        try (SocketChannel waiting = server.accept()) {
            for (List<String> command : others.orElseThrow().commands(process.pid(), own)) {
                run(command);
            }
            waiting.write(ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException e) {
            if (!process.isAlive()) {
                byte[] report = process.errors().readAllBytes();
                throw new ExecutorException(
                        process.failure(report)
                                .map(FailedCall::message)
                                .orElse("a process in a user namespace has ended"),
                        e);
            }
            throw e;
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException, RefusedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (process.waitFor() != 0) {
            throw new RefusedException();
        }
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            // Whoever waits there is told by closing it, however that ends.
        }
    }

    private static void delete(Path socket) {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new ExecutorException("cannot remove " + socket + ": " + e.getMessage(), e);
        }
    }
}
