package dev.slipway.local.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/** Whose the files are that a process has written, as far as the files themselves cannot tell. */
public interface FileOwners {

    /** For files that tell it themselves. */
    FileOwners REAL = () -> Owner.ROOT;

    /** Whose the files are that the process has made. */
    Owner ofNewFiles();

    /**
     * Whose a file is that may have been given away.
     *
     * @param file path on this machine; a link is not followed
     * @param known whose it is if it was not
     */
    default Owner given(Path file, Owner known) throws IOException {
        return known;
    }

    /**
     * An owner.
     *
     * @param uid the user
     * @param gid the group
     */
    record Owner(long uid, long gid) {

        /** The number that leaves a user or group what it is. */
        public static final long UNCHANGED = 0xffffffffL;

        public static final Owner ROOT = new Owner(0, 0);

        public static Owner of(ProcessUser user) {
            return of(user.uid(), user.gid());
        }

        public static Owner of(int uid, int gid) {
            return new Owner(Integer.toUnsignedLong(uid), Integer.toUnsignedLong(gid));
        }

        /** The owner after something was given to another. */
        public Owner with(Owner other) {
            return new Owner(other.uid == UNCHANGED ? uid : other.uid, other.gid == UNCHANGED ? gid : other.gid);
        }
    }
}
