package dev.slipway.local.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Whose the files are that a process has written, as far as the files themselves cannot tell. */
public interface FileOwners {

    /** For files that tell it themselves. */
    FileOwners REAL = () -> Owner.ROOT;

    /** Whose the files are that the process has made. */
    Owner ofNewFiles();

    /**
     * To whom a file was given.
     *
     * @param file path on this machine; a link is not followed
     */
    default Optional<Owner> given(Path file) throws IOException {
        return Optional.empty();
    }

    /**
     * An owner.
     *
     * @param uid the user
     * @param gid the group
     */
    record Owner(long uid, long gid) {

        static final Owner ROOT = new Owner(0, 0);

        static Owner of(ProcessUser user) {
            return new Owner(Integer.toUnsignedLong(user.uid()), Integer.toUnsignedLong(user.gid()));
        }
    }
}
