package dev.slipway.local.sandbox.proot;

import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.ProcessUser;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose files are that all belong to whoever runs this program: to whom each was given is written down here. Safe for use by
 * several threads.
 */
final class GivenFiles implements FileOwners {

    private final Owner user;
    private final Map<Object, Gift> gifts = new ConcurrentHashMap<>();

    /** @param user whom the process seems to be that writes the files */
    GivenFiles(ProcessUser user) {
        this.user = Owner.of(user);
    }

    /**
     * That a file was given away. Its number may be that of a new file later, which is known by its birth.
     *
     * @param born when the file came to be; empty where the file system does not know: then it is known by its path
     */
    private record Gift(Optional<Instant> born, Path file, Owner to) {

        boolean isOf(Path other) throws IOException {
            return born.isPresent() ? Posix.get().born(other).equals(born) : file.equals(other);
        }
    }

    @Override
    public Owner ofNewFiles() {
        return user;
    }

    @Override
    public Owner given(Path file, Owner known) throws IOException {
        return gifts.isEmpty() ? known : given(file, FileStatus.of(file), known);
    }

    /** Whose a file is that may have been given away and has this status. */
    Owner given(Path file, FileStatus status, Owner known) throws IOException {
        Gift gift = gifts.get(status.identity());
        return gift != null && gift.isOf(file) ? known.with(gift.to()) : known;
    }

    /**
     * Writes down that a file was given away.
     *
     * @param file where it is on this machine; a link is not followed
     * @param to either number may be {@link FileOwners.Owner#UNCHANGED}
     */
    void give(Path file, FileStatus status, Owner to) throws IOException {
        Owner all =
                given(file, status, new Owner(Owner.UNCHANGED, Owner.UNCHANGED)).with(to);
        gifts.put(status.identity(), new Gift(Posix.get().born(file), file, all));
    }
}
