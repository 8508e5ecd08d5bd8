package dev.slipway.local.store.folder;

import dev.slipway.local.launch.OwnIds;
import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.posix.IdMap;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Sees to it that nobody else can put something in the place of what is in a folder: this user or root owns it and each folder
 * that leads to it, links included, and nobody else may write to one of them. In a folder such as {@code /tmp} everybody may
 * write, but only to what is his own. Not for use by several threads.
 */
final class TrustedPath {

    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    /** As the kernel has it. */
    private static final int MAX_LINKS = 40;

    /** The kernel's overflow user. */
    private static final int NOBODY = 65534;

    private final TrustedOwners trusted;
    private final int self = OwnIds.read().uid();
    private final Set<Path> passed = new HashSet<>();

    private TrustedPath(TrustedOwners trusted) {
        this.trusted = trusted;
    }

    /** Something that looks at folders; empty of work where files have no owners that count, or everybody is trusted. */
    static Check check(TrustedOwners trusted, Path place) {
        if (trusted.all() || !SystemFiles.areKnownToKernel(place)) {
            return path -> {};
        }
        TrustedPath check = new TrustedPath(trusted);
        return check::require;
    }

    /** Looks at folders. */
    interface Check {

        /**
         * Requires of a folder that nobody else can change what it holds. What is missing of its path is no failure.
         *
         * @throws FileSystemException if somebody else can; the message says who, and what to do
         */
        void require(Path folder) throws IOException;
    }

    private void require(Path folder) throws IOException {
        Deque<Path> rest = new ArrayDeque<>();
        Path place = folder.toAbsolutePath().getRoot();
        prepend(rest, folder.toAbsolutePath());
        int links = 0;
        look(place, rest.isEmpty());
        while (!rest.isEmpty()) {
            String name = rest.pop().toString();
            if (name.equals("..")) {
                place = place.getParent() == null ? place : place.getParent();
                continue;
            }
            Path next = place.resolve(name);
            if (name.equals(".") || passed.contains(next) && !rest.isEmpty()) {
                place = name.equals(".") ? place : next;
                continue;
            }
            FileStatus status;
            try {
                status = look(next, rest.isEmpty());
            } catch (NoSuchFileException e) {
                return;
            }
            if (!status.isLink()) {
                place = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                throw new FileSystemException(folder.toString(), null, "too many links lead to it");
            }
            Path target = Files.readSymbolicLink(next);
            place = target.isAbsolute() ? target.getRoot() : place;
            prepend(rest, target);
        }
    }

    private static void prepend(Deque<Path> rest, Path path) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            rest.push(path.getName(i));
        }
    }

    /** @param isLast whether this is the folder itself, in which others may not even have something of their own */
    private FileStatus look(Path path, boolean isLast) throws IOException {
        FileStatus status = FileStatus.of(path);
        if (!isOwn(status.uid()) && !trusted.haveUser(path, status)) {
            String owner = Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
            String number = Long.toString(status.uid());
            throw refused(
                    path,
                    "belongs to the user " + owner + (owner.equals(number) ? "" : " (" + number + ")"),
                    "name a folder of your own in SLIPWAY_HOME",
                    "this user",
                    number);
        }
        boolean writesAside = (status.mode() & STICKY) != 0 && !isLast;
        if (status.isLink() || writesAside) {
            return status; // A link has no mode that counts.
        }
        String remedy = "remove that right (chmod go-w " + path + "), or name another folder in SLIPWAY_HOME";
        if ((status.mode() & OTHERS_WRITE) != 0) {
            throw refused(path, "is writable by everyone", remedy, "everybody on this machine", "all");
        }
        if ((status.mode() & GROUP_WRITES) != 0
                && !trusted.haveGroup(path, status)
                && !PrivateGroups.ofMachine().haveOnly(status.gid(), this::isOwn)) {
            String group = TrustedOwners.groupName(path);
            throw refused(path, "is writable by the group " + group, remedy, "this group", ":" + group);
        }
        passed.add(path);
        return status;
    }

    /**
     * Who is not in this user namespace has no number here, or shows as {@link #NOBODY}, who may be in it as well. He who has made
     * the namespace can do nothing about his folders, and gains no rights by what is in them.
     */
    private boolean isOwn(long uid) {
        IdMap map = IdMap.current();
        return uid == 0 || (int) uid == self || !map.hasUser((int) uid) || uid == NOBODY && !map.isInitial();
    }

    private static FileSystemException refused(Path path, String why, String remedy, String who, String word) {
        return new FileSystemException(
                path.toString(),
                null,
                "it " + why + ", and so others could change what is kept and run from there; " + remedy + "; or if "
                        + who
                        + " can be trusted, set " + TrustedOwners.VARIABLE + "=" + word + ", or the option "
                        + TrustedOwners.OPTION + " to " + word);
    }
}
