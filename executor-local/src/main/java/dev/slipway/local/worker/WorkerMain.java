package dev.slipway.local.worker;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.Result;
import dev.slipway.executor.StepFailedException;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.text.Reason;
import dev.slipway.local.emulation.Emulators;
import dev.slipway.local.exec.ProcessRunner;
import dev.slipway.local.exec.SandboxRunner;
import dev.slipway.local.sandbox.choice.Sandboxes;
import dev.slipway.local.store.Store;
import dev.slipway.local.store.folder.TrustedOwners;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.posix.NativeSha256;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The worker's own process. It runs as long as the connection to the process that started it, so that it never outlives that,
 * however that ends.
 */
final class WorkerMain {

    /** How long steps have to stop their processes. */
    private static final long PATIENCE_MILLISECONDS = 2000;

    private final Store store;
    private final ProcessRunner runner;
    private final Set<Thread> steps = ConcurrentHashMap.newKeySet();

    private WorkerMain(Store store, ProcessRunner runner) {
        this.store = store;
        this.runner = runner;
    }

    /** Arguments: the folder of the store, the folder of the sockets. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        NativeSha256.install();
        Path home = Path.of(arguments[0]);
        Sockets sockets = new Sockets(Path.of(arguments[1]));
        try (WorkerSocket parent = WorkerSocket.to(sockets.parent());
                // Whoever started this has looked at whose it is; few of the numbers that he saw are to be seen from
                // here.
                Store store = Store.open(home, TrustedOwners.ALL);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            WorkerMain worker;
            try {
                Path scratch = store.temp().newFolder();
                Path machine = store.machineFolder();
                Sandboxes sandboxes = new Sandboxes(scratch, machine, new Emulators(scratch, machine));
                worker = new WorkerMain(store, new SandboxRunner(store, sandboxes.choose(Sandboxes.BUILT_IN)));
            } catch (ExecutorException e) {
                parent.send(Answer.class, new Answer.Failed(Reason.of(e)));
                return;
            }
            server.bind(UnixDomainSocketAddress.of(sockets.steps()));
            start("slipway-worker", () -> worker.serve(server));
            parent.send(Answer.class, new Answer.Ready());
            parent.awaitEnd();
            worker.stop();
        } finally {
            // Threads that read what processes print may still wait for them.
            Runtime.getRuntime().halt(0);
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = DeepStack.newThread(task, name);
        thread.start();
        return thread;
    }

    private void serve(ServerSocketChannel server) {
        while (true) {
            try {
                WorkerSocket connection = new WorkerSocket(server.accept());
                start("slipway-step", () -> answer(connection));
            } catch (IOException e) {
                return; // It is closed.
            }
        }
    }

    /** A step ends early if the other end hangs up. */
    private void answer(WorkerSocket connection) {
        Thread step = Thread.currentThread();
        steps.add(step);
        try (connection) {
            Task task = connection.receive(Task.class);
            Thread end = start("slipway-hang-up", () -> {
                try {
                    connection.awaitEnd();
                } catch (IOException e) {
                    // That is an end too.
                }
                step.interrupt();
            });
            Store.Use use = store.use();
            try {
                connection.send(Answer.class, run(task, connection));
                // Until then the results are kept from collection here.
                end.join();
            } finally {
                use.close();
            }
        } catch (IOException | InterruptedException e) {
            // Nobody wants to know any more.
        } finally {
            steps.remove(step);
        }
    }

    private Answer run(Task task, WorkerSocket connection) throws InterruptedException {
        try {
            StepMonitor monitor = new ReportSender(answer -> send(connection, answer));
            List<Result> results = runner.run(task.vertex(), task.results(), task.needs(), task.session(), monitor);
            return new Answer.Done(results.stream().map(Result::id).toList());
        } catch (StepFailedException e) {
            return new Answer.ProcessFailed(Reason.of(e), e.exitCode());
        } catch (ExecutorException e) {
            return new Answer.Failed(Reason.of(e));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return new Answer.Failed(FileErrors.reason(e));
        } catch (RuntimeException e) {
            System.getLogger(WorkerMain.class.getName()).log(System.Logger.Level.ERROR, "a step met a fault", e);
            return new Answer.Failed("the process that runs steps failed: " + e.getMessage());
        }
    }

    private void stop() throws InterruptedException {
        steps.forEach(Thread::interrupt);
        long end = System.nanoTime() + PATIENCE_MILLISECONDS * 1_000_000;
        for (Thread step : steps) {
            step.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        }
        runner.close();
    }

    /** If nobody hears it any more, the step is interrupted anyway. */
    private static void send(WorkerSocket connection, Answer answer) {
        try {
            connection.send(Answer.class, answer);
        } catch (IOException e) {
            // The thread that waits for the end of the connection has heard of it too.
        }
    }
}
