package dev.slipway.oci.disk;

import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What this process may do with files beyond the rights of every user. Without these rights, the files of a tree belong to the
 * user of this program, and only an index knows their real owners.
 *
 * @param owners give files to others
 * @param devices make devices; otherwise each is replaced by an empty file
 * @param capabilities give capabilities to programs
 * @param xattrs set extended attributes whose names do not begin with {@code user.}
 */
public record Privileges(boolean owners, boolean devices, boolean capabilities, boolean xattrs) {

    /** The second version of the attribute, with empty sets. */
    private static final byte[] NO_CAPABILITIES = {
        0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    };

    /** Those of root. */
    public static final Privileges ALL = new Privileges(true, true, true, true);

    /** Those of every user. */
    public static final Privileges NONE = new Privileges(false, false, false, false);

    /** What this process may do in an existing folder, found out by trying. */
    public static Privileges in(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "privileges", "");
        Path device = file.resolveSibling(file.getFileName() + "-device");
        try {
            byte[] value = "y".getBytes(StandardCharsets.US_ASCII);
            int other = 1 + (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return new Privileges(
                    succeeds(() -> Files.setAttribute(file, "unix:uid", other, LinkOption.NOFOLLOW_LINKS)),
                    succeeds(() -> Posix.get().makeNode(device, Posix.CHARACTER_DEVICE | 0600, 1, 3)),
                    succeeds(() -> Posix.get().setXattr(file, Attributes.CAPABILITY, NO_CAPABILITIES)),
                    succeeds(() -> Posix.get().setXattr(file, "trusted.slipway", value)));
        } finally {
            Files.deleteIfExists(device);
            Files.deleteIfExists(file);
        }
    }

    /** The same without devices. */
    public Privileges withoutDevices() {
        return new Privileges(owners, false, capabilities, xattrs);
    }

    /** Whether this extended attribute of a file can be set. */
    public boolean allow(String xattr) {
        return xattrs || FileAttributes.isUsers(xattr) || capabilities && xattr.equals(Attributes.CAPABILITY);
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static boolean succeeds(Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
