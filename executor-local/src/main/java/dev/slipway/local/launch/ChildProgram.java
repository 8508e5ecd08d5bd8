package dev.slipway.local.launch;

import dev.slipway.executor.ExecutorException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a child process does before it becomes the program it was started for: system calls, one after the other. The first
 * that fails ends the process, unless that error is expected. Not safe for use by several threads.
 *
 * <p>Arguments are numbers; what a call wants to have in memory is laid down with {@link #text}, {@link #words}, ... and its
 * address given. A call cannot use another's result, and need not: descriptors are the lowest free numbers, so that they are
 * known beforehand.
 *
 * <p>In memory, from {@link #BASE}: 16 bytes that mark a failure's report, the failed call's result and the address behind it,
 * a wait status, and the address of the first call, 8 bytes each; 16 bytes that are free; then texts and calls. A call is 8
 * words of 8 bytes: number, six arguments, and the result that is passed over though it is an error, or {@link #FORK}, or the
 * address of the call with which a parent goes on.
 */
public final class ChildProgram {

    /** The descriptor that stands for the working folder in calls that end in {@code at}. */
    public static final int WORKING_FOLDER = -100;

    static final int BASE = 0x10000000;
    static final int MEMORY = 32 << 20;
    static final int HEADER = 64;
    static final int RECORD = 64;

    /** The wait status that a parent passes on: the child goes on with the next call. */
    static final int FORK = 1;

    /** The longest path of a socket, with the NUL at its end. */
    private static final int SOCKET_PATH = 108;

    private static final int LIMIT = MEMORY - (2 << 20);
    private static final int MARK_SIZE = 16;

    /** The longest that what is done at a signal is on any processor; all zeros are the default. */
    private static final int SIGNAL_ACTION_SIZE = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Processor processor;
    private final Map<String, Long> texts = new HashMap<>();
    private final List<byte[]> data = new ArrayList<>();
    private final List<long[]> calls = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private final Map<Integer, Integer> continuations = new HashMap<>();
    private final BitSet descriptors = new BitSet();
    private final Map<ChildProgram, byte[]> lists = new HashMap<>();
    private int size = HEADER;

    ChildProgram(Processor processor) {
        this.processor = processor;
        descriptors.set(0, 3);
    }

    /**
     * Lays down a text that ends in NUL.
     *
     * @throws ExecutorException if there is a NUL in it already
     */
    public long text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new ExecutorException("a text for a process cannot have a NUL character in it");
        }
        return texts.computeIfAbsent(text, key -> bytes((key + '\0').getBytes(StandardCharsets.UTF_8)));
    }

    /** Lays down a path of this machine. */
    public long text(Path path) {
        return text(path.toString());
    }

    /** Lays down texts and an array of their addresses that ends in null. */
    public long texts(Collection<String> values) {
        long[] addresses = new long[values.size() + 1];
        int position = 0;
        for (String value : values) {
            addresses[position++] = text(value);
        }
        return words(addresses);
    }

    /** Lays down words of 8 bytes. */
    public long words(long... words) {
        ByteBuffer buffer = buffer(words.length * Long.BYTES);
        for (long word : words) {
            buffer.putLong(word);
        }
        return bytes(buffer.array());
    }

    /** Lays down words of 4 bytes. */
    public long integers(int... integers) {
        ByteBuffer buffer = buffer(integers.length * Integer.BYTES);
        for (int integer : integers) {
            buffer.putInt(integer);
        }
        return bytes(buffer.array());
    }

    /**
     * Lays down bytes, at an address that is a multiple of 8.
     *
     * @throws ExecutorException if it is too much in all
     */
    public long bytes(byte[] bytes) {
        int padded = (bytes.length + 7) / 8 * 8;
        if (size + padded > LIMIT) {
            throw new ExecutorException(
                    "the arguments, variables and secrets of a process are more than " + LIMIT + " bytes");
        }
        byte[] copy = new byte[padded];
        System.arraycopy(bytes, 0, copy, 0, bytes.length);
        long address = BASE + (long) size;
        data.add(copy);
        size += padded;
        return address;
    }

    /**
     * Adds a call that must succeed.
     *
     * @param description what it does, for the message should it fail: {@code make the folder /etc}
     */
    public ChildProgram call(String description, SystemCall call, long... arguments) {
        return add(description, 0, call, arguments);
    }

    /** Adds a call that may end with this error. */
    public ChildProgram callUnless(Errno expected, String description, SystemCall call, long... arguments) {
        return add(description, -expected.number(), call, arguments);
    }

    /** Adds a call that opens a descriptor, and says which one that will be. */
    public int open(String description, SystemCall call, long... arguments) {
        add(description, 0, call, arguments);
        int descriptor = descriptors.nextClearBit(0);
        descriptors.set(descriptor);
        return descriptor;
    }

    /** Takes a descriptor into account that whoever starts the launcher leaves open. */
    public ChildProgram inherit(int descriptor) {
        descriptors.set(descriptor);
        return this;
    }

    /** Connects a new socket for datagrams with the one at this path, and says which descriptor it is. It stays open. */
    public int connect(String description, String path) {
        ByteBuffer address = buffer(Short.BYTES + SOCKET_PATH);
        address.putShort((short) Linux.AF_UNIX).put(path.getBytes(StandardCharsets.UTF_8));
        int socket = open(description, SystemCall.SOCKET, Linux.AF_UNIX, Linux.SOCK_DGRAM, 0);
        call(description, SystemCall.CONNECT, socket, bytes(address.array()), address.capacity());
        return socket;
    }

    /** Gives a descriptor to whoever reads from the other end of a socket. */
    public ChildProgram send(String description, int descriptor, int socket) {
        long vector = words(bytes(new byte[Long.BYTES]), 1);
        int rights = 1; // SCM_RIGHTS of SOL_SOCKET
        ByteBuffer control = buffer(3 * Long.BYTES);
        control.putLong(2 * Long.BYTES + Integer.BYTES).putInt(1).putInt(rights).putInt(descriptor);
        long message = words(0, 0, vector, 1, bytes(control.array()), control.capacity(), 0);
        return call(description, SystemCall.SENDMSG, socket, message, 0);
    }

    /** Writes a text into a file that is there. */
    public ChildProgram write(String file, String text) {
        String description = "write to " + file;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long flags = Linux.O_WRONLY | Linux.O_CLOEXEC;
        int descriptor = open(description, SystemCall.OPENAT, WORKING_FOLDER, text(file), flags, 0);
        call(description, SystemCall.WRITE, descriptor, bytes(bytes), bytes.length);
        return close(descriptor);
    }

    /** Opens a pipe: the end to read from, and the one to write to. */
    public int[] pipe(String description) {
        int read = open(description, SystemCall.PIPE2, words(0), Linux.O_CLOEXEC);
        int write = descriptors.nextClearBit(0);
        descriptors.set(write);
        return new int[] {read, write};
    }

    /**
     * Makes another program's list the standard input, for a launcher that is run by and by. A call of it that fails is
     * reported as one of this program, behind its own calls.
     */
    public ChildProgram giveList(ChildProgram other) {
        byte[] mark = new byte[MARK_SIZE];
        RANDOM.nextBytes(mark);
        lists.put(other, mark);
        byte[] list = other.encode(mark);
        String description = "hand over a list of calls";
        int descriptor = open(description, SystemCall.MEMFD_CREATE, text("list"), 0);
        call(description, SystemCall.WRITE, descriptor, bytes(list), list.length);
        call(description, SystemCall.LSEEK, descriptor, 0, 0);
        call(description, SystemCall.DUP3, descriptor, 0, 0);
        return close(descriptor);
    }

    /**
     * Blocks and ignores no signal any more. A JVM blocks SIGQUIT, whoever started it may have made it ignore others, and children
     * inherit both.
     */
    ChildProgram resetSignals() {
        String description = "reset the signals";
        long none = words(new long[SIGNAL_ACTION_SIZE / Long.BYTES]);
        for (int signal = 1; signal <= Linux.SIGNALS; signal++) {
            if (signal != Linux.SIGKILL && signal != Linux.SIGSTOP) {
                call(description, SystemCall.RT_SIGACTION, signal, none, 0, Linux.SIGNAL_SET_SIZE);
            }
        }
        return call(description, SystemCall.RT_SIGPROCMASK, Linux.SIG_SETMASK, none, 0, Linux.SIGNAL_SET_SIZE);
    }

    /** Closes a descriptor. */
    public ChildProgram close(int descriptor) {
        descriptors.clear(descriptor);
        return add("close a descriptor", 0, SystemCall.CLOSE, descriptor);
    }

    /** Closes all descriptors but the first three. */
    public ChildProgram closeAll() {
        return closeAll(3);
    }

    /** Closes all descriptors from this one on. */
    public ChildProgram closeAll(int first) {
        descriptors.clear(first, Integer.MAX_VALUE);
        return add("close all descriptors", 0, SystemCall.CLOSE_RANGE, first, 0xffffffffL, 0);
    }

    /**
     * Goes on in a child process; the parent waits for it and ends as it ended: with its exit code, or 128 plus the number of
     * its signal.
     *
     * @param namespaces the {@code CLONE_NEW...} flags of {@code clone}
     */
    public ChildProgram fork(String description, long namespaces) {
        int childEnded = 17; // SIGCHLD
        return add(description, FORK, SystemCall.CLONE, namespaces | childEnded);
    }

    /**
     * Makes calls in a child process and goes on meanwhile. The child ends after them; whoever wants to know waits for it.
     *
     * @param calls adds the child's calls
     */
    public ChildProgram aside(String description, Runnable calls) {
        int childEnded = 17; // SIGCHLD
        int fork = this.calls.size();
        add(description, FORK, SystemCall.CLONE, childEnded);
        BitSet opened = (BitSet) descriptors.clone();
        calls.run();
        add("end", 0, SystemCall.EXIT_GROUP, 0);
        descriptors.clear();
        descriptors.or(opened);
        continuations.put(fork, this.calls.size());
        return this;
    }

    private ChildProgram add(String description, long expected, SystemCall call, long... arguments) {
        long[] words = new long[RECORD / Long.BYTES];
        words[0] = processor.number(call);
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        words[words.length - 1] = expected;
        calls.add(words);
        descriptions.add(description);
        return this;
    }

    /** The list as the launcher reads it. The mark is 16 bytes that nobody else knows. */
    byte[] encode(byte[] mark) {
        ByteBuffer list = buffer(size + calls.size() * RECORD);
        list.put(mark).position(HEADER - 24);
        list.putLong(BASE + size).position(HEADER);
        data.forEach(list::put);
        for (int position = 0; position < calls.size(); position++) {
            long[] words = calls.get(position);
            Integer continuation = continuations.get(position);
            words[words.length - 1] =
                    continuation == null ? words[words.length - 1] : BASE + size + continuation * RECORD;
            for (long word : words) {
                list.putLong(word);
            }
        }
        return list.array();
    }

    /** Reads the report of a failure, if these bytes are one. */
    Optional<FailedCall> failure(byte[] mark, byte[] report) {
        ByteBuffer words = ByteBuffer.wrap(report).order(ByteOrder.LITTLE_ENDIAN);
        if (report.length != mark.length + 2 * Long.BYTES
                || !words.slice(0, mark.length).equals(ByteBuffer.wrap(mark))) {
            return Optional.empty();
        }
        int error = (int) -words.getLong(mark.length);
        int position = (int) (words.getLong(mark.length + Long.BYTES) - BASE - size) / RECORD - 1;
        return Optional.of(new FailedCall(position, descriptions.get(position), error));
    }

    /** Reads the report of a failure, of this program or of one whose list it hands over. */
    Optional<FailedCall> failureOfAny(byte[] mark, byte[] report) {
        Optional<FailedCall> own = failure(mark, report);
        return own.isPresent()
                ? own
                : lists.entrySet().stream()
                        .flatMap(list -> list.getKey().failure(list.getValue(), report).stream())
                        .map(call -> new FailedCall(length() + call.position(), call.description(), call.error()))
                        .findFirst();
    }

    /** How many calls there are so far. */
    public int length() {
        return calls.size();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
