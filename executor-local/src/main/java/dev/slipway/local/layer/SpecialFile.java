package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.layer.Attributes;

/**
 * A device, a pipe or a socket.
 *
 * @param kind which of them
 * @param major of a device, else 0
 * @param minor of a device, else 0
 */
public record SpecialFile(Attributes attributes, Kind kind, long major, long minor) implements Node {

    public SpecialFile {
        requireNonNull(attributes, "attributes is null");
        requireNonNull(kind, "kind is null");
    }

    /** Kinds of special files. */
    public enum Kind {
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO,
        SOCKET
    }

    /** The device, pipe or socket that a file on disk is. */
    public static SpecialFile of(FileStatus status, Attributes attributes) {
        Kind kind = status.isCharacterDevice()
                ? Kind.CHARACTER_DEVICE
                : status.isBlockDevice() ? Kind.BLOCK_DEVICE : status.isPipe() ? Kind.FIFO : Kind.SOCKET;
        return new SpecialFile(attributes, kind, status.major(), status.minor());
    }

    /** Whether it is a device. */
    public boolean isDevice() {
        return kind == Kind.CHARACTER_DEVICE || kind == Kind.BLOCK_DEVICE;
    }

    /** Whether it is a socket. */
    public boolean isSocket() {
        return kind == Kind.SOCKET;
    }

    /** The same with other attributes. */
    public SpecialFile with(Attributes other) {
        return new SpecialFile(other, kind, major, minor);
    }

    boolean sameAs(SpecialFile other) {
        return attributes.sameFile(other.attributes)
                && kind == other.kind
                && major == other.major
                && minor == other.minor;
    }
}
