package dev.slipway.local.supervision;

import com.sun.jna.Memory;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import dev.slipway.local.supervision.SupervisedCall.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers the calls of one process and all that it starts, in a thread of its own, until it is closed or the last of them has
 * ended. The process gives it the means to do so: {@link #connect} and {@link #listen} add the calls of a child that do.
 */
public final class Supervisor implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final String SOCKET = "supervisor";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private static final long RECEIVE = 0xc0502100L; // SECCOMP_IOCTL_NOTIF_RECV
    private static final long SEND = 0xc0182101L; // SECCOMP_IOCTL_NOTIF_SEND
    private static final long SET_FLAGS = 0x40082104L; // SECCOMP_IOCTL_NOTIF_SET_FLAGS
    private static final long WAKE_ON_ONE_PROCESSOR = 1; // SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
    private static final int NOTIFICATION_SIZE = 80;
    private static final int INSTRUCTION_SIZE = 8;
    private static final int ANSWER_SIZE = 24;
    private static final int PROCESS = 8;
    private static final int NUMBER = 16;
    private static final int ARGUMENTS = 32;
    private static final int ARGUMENT_COUNT = 6;
    private static final int GO_ON = 1; // SECCOMP_USER_NOTIF_FLAG_CONTINUE

    private static final int POLLED = 8;
    private static final short POLLIN = 1;

    private final ListenerSocket socket;
    private final Map<Integer, SystemCall> calls;
    private final Function<SupervisedCall, Answer> answers;
    private final Thread thread;
    private final Memory polled = new Memory(2 * POLLED);
    private final ProcessMemory memory = new ProcessMemory();
    private final Memory notification = new Memory(NOTIFICATION_SIZE);
    private final Memory reply = new Memory(ANSWER_SIZE);

    private Supervisor(ListenerSocket socket, Set<SystemCall> calls, Function<SupervisedCall, Answer> answers) {
        this.socket = socket;
        this.calls = calls.stream().collect(Collectors.toMap(SystemCall::number, call -> call));
        this.answers = answers;
        this.thread = new Thread(this::run, "slipway-supervisor");
        thread.setDaemon(true);
    }

    /**
     * Waits for a process.
     *
     * @param folder an existing folder of this user alone
     * @param calls those that are supervised
     * @param answers how each of them ends; called by one thread
     */
    public static Supervisor in(Path folder, Set<SystemCall> calls, Function<SupervisedCall, Answer> answers)
            throws IOException {
        Supervisor supervisor = new Supervisor(ListenerSocket.in(folder, SOCKET), calls, answers);
        supervisor.thread.start();
        return supervisor;
    }

    /**
     * Adds the call that connects with the supervisor of the working folder.
     *
     * @return the descriptor of the connection, which is passed on to programs
     */
    public static int connect(ChildProgram program) {
        return program.connect("connect with the supervisor", SOCKET);
    }

    /**
     * Adds the calls from which on the supervisor answers. The process must have given up new rights.
     *
     * @param connection the descriptor that {@link #connect} has opened; it is closed
     * @param filter which calls are supervised, as the kernel takes it
     */
    public static void listen(ChildProgram program, int connection, byte[] filter) {
        String description = "let system calls be supervised";
        long words = program.words(filter.length / INSTRUCTION_SIZE, program.bytes(filter));
        int listener = program.open(
                description,
                SystemCall.SECCOMP,
                Linux.SECCOMP_SET_MODE_FILTER,
                Linux.SECCOMP_FILTER_FLAG_NEW_LISTENER,
                words);
        program.send(description, listener, connection).close(listener).close(connection);
    }

    private void run() {
        int listener = -1;
        try {
            listener = await();
            wakeOnOneProcessor(listener);
            while (listener >= 0 && isAsked(listener)) {
                answer(listener);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "system calls are not answered any more", e);
        } finally {
            // Who still waits is told that there is no such call.
            if (listener >= 0) {
                Kernel.call(SystemCall.CLOSE, listener);
            }
        }
    }

    /** The descriptor that tells of calls; a negative number if it is closed before one comes. */
    private int await() {
        poll(1, -1);
        return socket.receive();
    }

    /** Whoever makes a call waits meanwhile, so that it is answered where he has run. Kernels before Linux 6.6 do not know it. */
    private static void wakeOnOneProcessor(int listener) {
        Kernel.call(SystemCall.IOCTL, listener, SET_FLAGS, WAKE_ON_ONE_PROCESSOR);
    }

    /** Waits for a call; whether there is one. */
    private boolean isAsked(int listener) {
        poll(2, listener);
        boolean isClosed = polled.getShort(6) != 0;
        return !isClosed && (polled.getShort(POLLED + 6) & POLLIN) != 0;
    }

    private void poll(int count, int listener) {
        polled.setInt(0, socket.descriptor());
        polled.setInt(4, POLLIN);
        polled.setInt(POLLED, listener);
        polled.setInt(POLLED + 4, POLLIN);
        long result;
        do {
            result = Kernel.call(SystemCall.PPOLL, Kernel.address(polled), count, 0, 0, 8);
        } while (result == -Kernel.EINTR);
        if (result < 0) {
            throw new IllegalStateException("cannot wait for system calls: error " + -result);
        }
    }

    private void answer(int listener) {
        notification.clear();
        long result = Kernel.call(SystemCall.IOCTL, listener, RECEIVE, Kernel.address(notification));
        if (result < 0) {
            if (result != -Kernel.ENOENT && result != -Kernel.EINTR) {
                throw new IllegalStateException("cannot be told of system calls: error " + -result);
            }
            return; // Whoever made the call has ended.
        }
        long id = notification.getLong(0);
        SystemCall call = calls.get(notification.getInt(NUMBER));
        long[] arguments = notification.getLongArray(ARGUMENTS, ARGUMENT_COUNT);
        Answer answer = call == null
                ? Answer.LEFT
                : answers.apply(
                        new SupervisedCall(listener, id, notification.getInt(PROCESS), call, arguments, memory));
        reply.clear();
        reply.setLong(0, id);
        reply.setInt(16, -answer.error());
        reply.setInt(20, answer.isLeft() ? GO_ON : 0);
        result = Kernel.call(SystemCall.IOCTL, listener, SEND, Kernel.address(reply));
        if (result < 0 && result != -Kernel.ENOENT) {
            throw new IllegalStateException("cannot answer system calls: error " + -result);
        }
    }

    /** Returns when nothing is answered any more. */
    @Override
    public void close() {
        socket.shutDown();
        boolean interrupted = Thread.interrupted();
        long start = System.nanoTime();
        while (thread.isAlive() && System.nanoTime() - start < PATIENCE) {
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (!thread.isAlive()) {
            socket.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
