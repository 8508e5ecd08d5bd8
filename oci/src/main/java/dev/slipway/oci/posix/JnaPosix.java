package dev.slipway.oci.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Calls the C library. */
final class JnaPosix implements Posix {

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int ERANGE = 34;
    private static final int ENOSYS = 38;
    private static final int ENODATA = 61;
    private static final int EOPNOTSUPP = 95;
    private static final int FIRST_GUESS = 1024;
    private static final int MFD_CLOEXEC = 1;
    private static final int MFD_ALLOW_SEALING = 2;
    private static final int MFD_EXEC = 0x10;
    private static final int F_ADD_SEALS = 1033;
    private static final int ALL_SEALS = 0xf;
    private static final int STATX_SIZE = 256;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_BTIME_OFFSET = 80;

    static {
        Native.register(JnaPosix.class, Platform.C_LIBRARY_NAME);
    }

    private JnaPosix() {}

    /** Loads the library when it is first needed. */
    static final class Loaded {

        static final Posix INSTANCE = new JnaPosix();

        private Loaded() {}
    }

    private static native int mknod(byte[] path, int mode, long device) throws LastErrorException;

    private static native int symlink(byte[] target, byte[] path) throws LastErrorException;

    private static native NativeLong llistxattr(byte[] path, byte[] names, NativeLong size) throws LastErrorException;

    private static native NativeLong lgetxattr(byte[] path, byte[] name, byte[] value, NativeLong size)
            throws LastErrorException;

    private static native int lsetxattr(byte[] path, byte[] name, byte[] value, NativeLong size, int flags)
            throws LastErrorException;

    private static native int lremovexattr(byte[] path, byte[] name) throws LastErrorException;

    private static native int utimensat(int folder, byte[] path, long[] times, int flags) throws LastErrorException;

    private static native int kill(int process, int signal);

    private static native int memfd_create(byte[] label, int flags) throws LastErrorException;

    private static native NativeLong write(int file, byte[] bytes, NativeLong size) throws LastErrorException;

    private static native int fcntl(int file, int command, int argument) throws LastErrorException;

    private static native int statx(int folder, byte[] path, int flags, int mask, byte[] status)
            throws LastErrorException;

    @Override
    public void makeNode(Path path, int mode, long major, long minor) throws IOException {
        // As glibc's makedev: the low parts stand where they stood when device numbers had 16 bits.
        long device = (major & 0xFFFFF000L) << 32 | (major & 0xFFF) << 8 | (minor & 0xFFFFFF00L) << 12 | (minor & 0xFF);
        try {
            mknod(bytes(path), mode, device);
        } catch (LastErrorException e) {
            throw failure(path, "cannot make a special file", e);
        }
    }

    @Override
    public void makeLink(Path path, byte[] target) throws IOException {
        try {
            symlink(Arrays.copyOf(target, target.length + 1), bytes(path));
        } catch (LastErrorException e) {
            throw failure(path, "cannot make a symbolic link", e);
        }
    }

    @Override
    public List<String> xattrs(Path path) throws IOException {
        try {
            byte[] names = read((buffer, size) -> llistxattr(bytes(path), buffer, size));
            List<String> list = new ArrayList<>();
            for (int start = 0, end; start < names.length; start = end + 1) {
                end = start;
                while (names[end] != 0) {
                    end++;
                }
                list.add(new String(names, start, end - start, StandardCharsets.UTF_8));
            }
            return list;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EOPNOTSUPP) {
                return List.of();
            }
            throw failure(path, "cannot list extended attributes", e);
        }
    }

    @Override
    public Optional<byte[]> xattr(Path path, String name) throws IOException {
        try {
            return Optional.of(read((buffer, size) -> lgetxattr(bytes(path), bytes(name), buffer, size)));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENODATA || e.getErrorCode() == EOPNOTSUPP) {
                return Optional.empty();
            }
            throw failure(path, "cannot read the extended attribute " + name, e);
        }
    }

    private interface Reading {
        NativeLong into(byte[] buffer, NativeLong size);
    }

    private static byte[] read(Reading reading) {
        for (int guess = FIRST_GUESS; ; guess *= 4) {
            byte[] buffer = new byte[guess];
            try {
                int length = reading.into(buffer, new NativeLong(guess)).intValue();
                return length == 0 ? new byte[0] : Arrays.copyOf(buffer, length);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != ERANGE || guess > 1 << 20) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void setXattr(Path path, String name, byte[] value) throws IOException {
        try {
            lsetxattr(bytes(path), bytes(name), value, new NativeLong(value.length), 0);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EOPNOTSUPP) {
                throw new NoXattrsException(path.toString(), name);
            }
            throw failure(path, "cannot set the extended attribute " + name, e);
        }
    }

    @Override
    public void removeXattr(Path path, String name) throws IOException {
        try {
            lremovexattr(bytes(path), bytes(name));
        } catch (LastErrorException e) {
            throw failure(path, "cannot remove the extended attribute " + name, e);
        }
    }

    @Override
    public void signal(long process, int signal) {
        kill((int) process, signal);
    }

    @Override
    public int makeMemoryFile(String label, byte[] content) throws IOException {
        try {
            int file = makeMemoryFile(bytes(label));
            if (write(file, content, new NativeLong(content.length)).intValue() == content.length) {
                fcntl(file, F_ADD_SEALS, ALL_SEALS);
                return file;
            }
        } catch (LastErrorException e) {
            throw new IOException("cannot make a file in memory: " + e.getMessage(), e);
        }
        throw new IOException("cannot write a file in memory: there is no room");
    }

    private static int makeMemoryFile(byte[] label) {
        int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
        try {
            return memfd_create(label, flags | MFD_EXEC);
        } catch (LastErrorException e) {
            return memfd_create(label, flags); // Before Linux 6.3 all can be run, and there is no such flag.
        }
    }

    @Override
    public Optional<Instant> born(Path path) throws IOException {
        byte[] status = new byte[STATX_SIZE];
        try {
            statx(AT_FDCWD, bytes(path), AT_SYMLINK_NOFOLLOW, STATX_BTIME, status);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOSYS) {
                return Optional.empty();
            }
            throw failure(path, "cannot read the status", e);
        }
        ByteBuffer fields = ByteBuffer.wrap(status).order(ByteOrder.nativeOrder());
        return (fields.getInt(0) & STATX_BTIME) == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(
                        fields.getLong(STATX_BTIME_OFFSET), fields.getInt(STATX_BTIME_OFFSET + Long.BYTES)));
    }

    @Override
    public void setModified(Path path, Instant time) throws IOException {
        long[] times = {time.getEpochSecond(), time.getNano(), time.getEpochSecond(), time.getNano()};
        try {
            utimensat(AT_FDCWD, bytes(path), times, AT_SYMLINK_NOFOLLOW);
        } catch (LastErrorException e) {
            throw failure(path, "cannot set the time", e);
        }
    }

    private static byte[] bytes(Path file) {
        byte[] path = PathText.bytes(file.toAbsolutePath());
        return Arrays.copyOf(path, path.length + 1);
    }

    private static byte[] bytes(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static FileSystemException failure(Path path, String what, LastErrorException cause) {
        FileSystemException failure = new FileSystemException(path.toString(), null, what + ": " + cause.getMessage());
        failure.initCause(cause);
        return failure;
    }
}
