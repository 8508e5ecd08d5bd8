package dev.slipway.local.supervision;

import com.sun.jna.Memory;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.SystemCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A socket to which a child sends the descriptor that tells of its calls. */
final class ListenerSocket {

    private static final int PATH = 108;
    private static final int MESSAGE = 7 * Long.BYTES;
    private static final int CONTROL = 3 * Long.BYTES;
    private static final long CLOSE_ON_EXEC = 0x40000000;
    private static final long DO_NOT_WAIT = 0x40;
    private static final long BOTH_DIRECTIONS = 2;

    private final int descriptor;

    private ListenerSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * A new socket.
     *
     * @param folder of this user alone; its path may be longer than that of a socket
     */
    static ListenerSocket in(Path folder, String name) throws IOException {
        int socket = (int) check(
                Kernel.call(SystemCall.SOCKET, Linux.AF_UNIX, Linux.SOCK_DGRAM | Linux.SOCK_CLOEXEC, 0),
                "make a socket");
        try {
            bind(socket, folder, name);
            return new ListenerSocket(socket);
        } catch (IOException e) {
            Kernel.call(SystemCall.CLOSE, socket);
            throw e;
        }
    }

    private static void bind(int socket, Path folder, String name) throws IOException {
        byte[] path = (folder.toAbsolutePath() + "\0").getBytes(StandardCharsets.UTF_8);
        Memory text = new Memory(path.length);
        text.write(0, path, 0, path.length);
        long opened = check(
                Kernel.call(SystemCall.OPENAT, 0, Kernel.address(text), Linux.O_PATH | Linux.O_CLOEXEC, 0),
                "open " + folder);
        try {
            Memory address = new Memory(Short.BYTES + PATH);
            address.clear();
            byte[] place = ("/proc/self/fd/" + opened + "/" + name).getBytes(StandardCharsets.UTF_8);
            address.setShort(0, (short) Linux.AF_UNIX);
            address.write(Short.BYTES, place, 0, place.length);
            check(
                    Kernel.call(SystemCall.BIND, socket, Kernel.address(address), address.size()),
                    "make a socket in " + folder);
        } finally {
            Kernel.call(SystemCall.CLOSE, opened);
        }
    }

    private static long check(long result, String what) throws IOException {
        if (result < 0) {
            throw new IOException("cannot " + what + ": error " + -result);
        }
        return result;
    }

    int descriptor() {
        return descriptor;
    }

    /** The descriptor that has been sent; a negative number if none has. */
    int receive() {
        Memory byteOfData = new Memory(Long.BYTES);
        Memory vector = new Memory(2 * Long.BYTES);
        Memory control = new Memory(CONTROL);
        Memory message = new Memory(MESSAGE);
        control.clear();
        message.clear();
        vector.setLong(0, Kernel.address(byteOfData));
        vector.setLong(Long.BYTES, 1);
        message.setLong(2 * Long.BYTES, Kernel.address(vector));
        message.setLong(3 * Long.BYTES, 1);
        message.setLong(4 * Long.BYTES, Kernel.address(control));
        message.setLong(5 * Long.BYTES, CONTROL);
        long length = Kernel.call(SystemCall.RECVMSG, descriptor, Kernel.address(message), CLOSE_ON_EXEC | DO_NOT_WAIT);
        ByteBuffer received = control.getByteBuffer(0, CONTROL).order(ByteOrder.nativeOrder());
        boolean isThere = length > 0 && received.getLong(0) == 2 * Long.BYTES + Integer.BYTES;
        return isThere ? received.getInt(2 * Long.BYTES) : -1;
    }

    /** Wakes whoever waits for it. */
    void shutDown() {
        Kernel.call(SystemCall.SHUTDOWN, descriptor, BOTH_DIRECTIONS);
    }

    void close() {
        Kernel.call(SystemCall.CLOSE, descriptor);
    }
}
