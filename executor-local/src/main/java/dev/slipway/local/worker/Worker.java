package dev.slipway.local.worker;

import static dev.slipway.local.launch.SystemCall.EXECVE;
import static dev.slipway.local.launch.SystemCall.SETRESGID;
import static dev.slipway.local.launch.SystemCall.SETRESUID;
import static dev.slipway.local.launch.SystemCall.SETSID;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Vertex;
import dev.slipway.local.exec.ProcessRunner;
import dev.slipway.local.exec.StepNeeds;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.LaunchedProcess;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.UserNamespaceLauncher;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.disk.Folders;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs steps in a second process, which is root in a user namespace of its own. */
public final class Worker implements ProcessRunner {

    /** The name of this way of running steps. */
    public static final String NAME = "rootless";

    /** What a process may have failed of that is alone in its namespace. */
    private static final String ALONE = "this user has no subordinate user and group ids, so a step cannot give files"
            + " away or run programs as another user; if that is why it failed, install the package uidmap and add the"
            + " user to /etc/subuid and /etc/subgid, or choose the sandbox proot, where a step can give files away";

    private static final long PATIENCE_MILLISECONDS = 4000;

    private final Store store;
    private final Sockets sockets;
    private final LaunchedProcess process;
    private final ProcessErrors errors;
    private final WorkerSocket control;
    private final boolean hasOthers;

    private Worker(
            Store store,
            Sockets sockets,
            LaunchedProcess process,
            ProcessErrors errors,
            WorkerSocket control,
            boolean hasOthers) {
        this.store = store;
        this.sockets = sockets;
        this.process = process;
        this.errors = errors;
        this.control = control;
        this.hasOthers = hasOthers;
    }

    /**
     * Starts the process and waits until it can run steps.
     *
     * @param home the folder of the store
     * @param store that store
     * @param scratch an existing folder on a file system that programs can be run from
     * @throws ExecutorException if no process can be run in this way; the message says why
     */
    public static Worker start(Path home, Store store, Path scratch) throws InterruptedException {
        UserNamespaceLauncher launcher = new UserNamespaceLauncher(Launcher.in(scratch));
        Sockets sockets = newSockets();
        LaunchedProcess process = null;
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(sockets.parent()));
            List<String> arguments = WorkerCommand.arguments(home, sockets);
            process = launcher.start(sockets.folder(), program -> become(program, arguments));
            ProcessErrors errors = ProcessErrors.read(process);
            process.onExit(() -> close(server));
            WorkerSocket control = new WorkerSocket(accept(server, errors));
            Answer answer = control.receive(Answer.class);
            if (answer instanceof Answer.Ready) {
                return new Worker(store, sockets, process, errors, control, launcher.hasOthers());
            }
            throw new ExecutorException(((Answer.Failed) answer).message());
        } catch (IOException e) {
            discard(sockets, process);
            throw new ExecutorException("the process that runs steps cannot be started: " + FileErrors.reason(e), e);
        } catch (RuntimeException | InterruptedException e) {
            discard(sockets, process);
            throw e;
        }
    }

    /** The path of a socket has at most 107 bytes, so that it cannot be in a folder of the caller's choice. */
    private static Sockets newSockets() {
        try {
            return new Sockets(Files.createTempDirectory("slipway"));
        } catch (IOException e) {
            throw new ExecutorException("cannot make a folder for sockets: " + FileErrors.reason(e), e);
        }
    }

    private static void become(ChildProgram program, List<String> arguments) {
        // What the terminal sends to its processes, such as an interrupt, is for the first process alone.
        program.call("leave the terminal", SETSID);
        program.call("become root", SETRESGID, 0, 0, 0);
        program.call("become root", SETRESUID, 0, 0, 0);
        program.closeAll();
        String java = arguments.get(0);
        program.call(
                "run " + java,
                EXECVE,
                program.text(java),
                program.texts(arguments),
                program.texts(WorkerCommand.environment()));
    }

    private static SocketChannel accept(ServerSocketChannel server, ProcessErrors errors) throws IOException {
        try {
            return server.accept();
        } catch (AsynchronousCloseException e) {
            throw new ExecutorException(errors.reason(), e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Result> run(
            Vertex vertex, List<Result> inputs, StepNeeds needs, BuildSession session, StepMonitor monitor)
            throws IOException, InterruptedException {
        try (WorkerSocket connection = WorkerSocket.to(sockets.steps())) {
            connection.send(Task.class, Task.of(vertex, inputs, needs, session));
            while (true) {
                Answer answer = connection.receive(Answer.class);
                if (answer instanceof Answer.Report report) {
                    report.to(monitor);
                } else if (answer instanceof Answer.Done done) {
                    return keep(done.results().stream().map(Result::new).toList());
                } else if (answer instanceof Answer.ProcessFailed failed) {
                    if (!hasOthers) {
                        monitor.warn(ALONE);
                    }
                    throw new StepFailedException(failed.message(), failed.exitCode());
                } else if (answer instanceof Answer.Failed failed) {
                    throw new ExecutorException(failed.message());
                }
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new ExecutorException("the process that runs steps has ended: " + errors.reason(), e);
        }
    }

    private List<Result> keep(List<Result> results) throws IOException, InterruptedException {
        if (!store.roots().has(results)) {
            throw new ExecutorException("what the step made is not in the store any more");
        }
        return results;
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        close(control);
        try {
            process.waitFor(PATIENCE_MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        discard(sockets, process);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // Whoever waits at the other end learns of it all the same.
        }
    }

    private static void discard(Sockets sockets, @Nullable LaunchedProcess process) {
        if (process != null) {
            process.destroy();
        }
        try {
            Folders.delete(sockets.folder());
        } catch (IOException e) {
            throw new ExecutorException("cannot remove " + sockets.folder() + ": " + FileErrors.reason(e), e);
        }
    }
}
