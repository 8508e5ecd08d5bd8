package dev.slipway.local.cdi;

import dev.slipway.local.cdi.ContainerEdits.DeviceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A device file of this machine. */
record HostDevice(String type, int major, int minor, int mode) {

    private static final String FOLDER = "/dev/";
    private static final int TYPE = 0170000;
    private static final int PERMISSIONS = 07777;

    /** A description that names type and number need not be of a device that is here; else this machine's file says them. */
    static DeviceNode complete(Edits.Node node) throws CdiException {
        if (!node.path().startsWith(FOLDER) || node.path().contains("/../")) {
            throw new CdiException("its device file " + node.path() + " is not below /dev");
        }
        boolean told = node.type().equals("p")
                || !node.type().isEmpty() && node.major().isPresent();
        Optional<HostDevice> host = find(node.hostPath());
        if (!told && host.isEmpty()) {
            throw new CdiException("there is no device " + node.hostPath() + " on this machine");
        }
        if (!told && !node.type().isEmpty() && !node.type().equals(host.get().type)) {
            throw new CdiException(node.hostPath() + " is of the type " + host.get().type + " and not " + node.type());
        }
        HostDevice known = host.orElse(new HostDevice(node.type(), 0, 0, 0666));
        return new DeviceNode(
                node.path().substring(FOLDER.length()),
                node.hostPath(),
                told ? node.type() : known.type,
                told ? node.major().orElse(0) : known.major,
                told ? node.minor().orElse(0) : known.minor,
                node.mode().orElse(known.mode) & PERMISSIONS,
                node.uid(),
                node.gid());
    }

    private static Optional<HostDevice> find(String path) throws CdiException {
        try {
            Path file = Path.of(path);
            int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            long number = (long) Files.getAttribute(file, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
            String type = switch (mode & TYPE) {
                case 0060000 -> "b";
                case 0020000 -> "c";
                case 0010000 -> "p";
                default -> throw new CdiException(path + " is not a device");
            };
            int major = (int) (number >>> 8 & 0xfff | number >>> 32 & ~0xfffL);
            int minor = (int) (number & 0xff | number >>> 12 & ~0xffL);
            return Optional.of(new HostDevice(type, major, minor, mode & PERMISSIONS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
