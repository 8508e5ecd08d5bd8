package dev.slipway.local.sandbox.proot;

import static dev.slipway.local.launch.SystemCall.CHOWN;
import static dev.slipway.local.launch.SystemCall.FCHOWN;
import static dev.slipway.local.launch.SystemCall.FCHOWNAT;
import static dev.slipway.local.launch.SystemCall.FSTAT;
import static dev.slipway.local.launch.SystemCall.LCHOWN;
import static dev.slipway.local.launch.SystemCall.LSTAT;
import static dev.slipway.local.launch.SystemCall.NEWFSTATAT;
import static dev.slipway.local.launch.SystemCall.STAT;

import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.launch.OwnIds;
import dev.slipway.local.launch.SystemCall;
import dev.slipway.local.sandbox.FileOwners.Owner;
import dev.slipway.local.sandbox.ProcessUser;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.supervision.SupervisedCall;
import dev.slipway.local.supervision.SupervisedCall.Answer;
import dev.slipway.local.supervision.SupervisedFile;
import dev.slipway.local.supervision.SupervisedStatus;
import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers the calls that give files away, and those that tell whose they are. The tracer has made the path of each one of this
 * machine by then.
 */
final class OwnerCalls {

    /**
     * What the tracer is made to take for the number of its user and group, which it puts in the place of the number that the
     * process seems to have: nobody has it. Its own would be that of a user of the image as well.
     */
    static final int NOBODY = -4000;

    private static final int SET_GROUP = 02000;

    private final ProcessUser user;
    private final List<RootFiles> roots;
    private final GivenFiles given;
    private final OwnIds own = OwnIds.read();

    /**
     * @param user whom the process seems to be
     * @param roots what may know whose a file was before
     * @param given takes what is given away
     */
    OwnerCalls(ProcessUser user, List<RootFiles> roots, GivenFiles given) {
        this.user = user;
        this.roots = List.copyOf(roots);
        this.given = given;
    }

    /** The calls that are answered. This machine may lack some. */
    static Set<SystemCall> all() {
        return EnumSet.of(CHOWN, LCHOWN, FCHOWN, FCHOWNAT, STAT, LSTAT, FSTAT, NEWFSTATAT).stream()
                .filter(call -> call.number() >= 0)
                .collect(Collectors.toSet());
    }

    /** How a call ends. */
    Answer answer(SupervisedCall call) {
        try {
            return switch (call.call()) {
                case CHOWN -> give(call, call.named(0, true), 1);
                case LCHOWN -> give(call, call.named(0, false), 1);
                case FCHOWN -> give(call, Optional.of(call.opened(0)), 1);
                case FCHOWNAT -> give(call, at(call, 4), 2);
                case STAT -> tell(call, call.named(0, true), 1);
                case LSTAT -> tell(call, call.named(0, false), 1);
                case FSTAT -> tell(call, Optional.of(call.opened(0)), 1);
                case NEWFSTATAT -> tell(call, at(call, 3), 2);
                default -> Answer.LEFT;
            };
        } catch (IOException e) {
            return Answer.LEFT; // It has just been removed, or is no file at all.
        }
    }

    /** A file in a folder, or the folder itself. */
    private static Optional<SupervisedFile> at(SupervisedCall call, int flags) {
        boolean follows = (call.argument(flags) & Linux.AT_SYMLINK_NOFOLLOW) == 0;
        Optional<SupervisedFile> named = call.named(1, follows);
        boolean isFolder = named.isEmpty()
                && (call.argument(flags) & Linux.AT_EMPTY_PATH) != 0
                && (int) call.argument(0) >= 0
                && call.isEmpty(1);
        return isFolder ? Optional.of(call.opened(0)) : named;
    }

    private Answer give(SupervisedCall call, Optional<SupervisedFile> found, int owner) throws IOException {
        if (found.isEmpty() || isOfProcess(found.get())) {
            return Answer.LEFT;
        }
        SupervisedFile file = found.get();
        SupervisedStatus status = file.status();
        if (status.error() != 0) {
            return Answer.of(status.error());
        }
        Path path = file.path();
        FileStatus known = status.toFileStatus();
        Owner to = Owner.of(
                orSeeming((int) call.argument(owner), user.uid()),
                orSeeming((int) call.argument(owner + 1), user.gid()));
        if (!mayGive(owner(path, known), to)) {
            return Answer.of(Errno.EPERM.number());
        }
        int error = file.giveToOwner();
        if (error == 0) {
            given.give(path, known, to);
        }
        return Answer.of(error);
    }

    private static int orSeeming(int id, int seeming) {
        return id == NOBODY ? seeming : id;
    }

    /** Root may; others may give what is theirs to a group of theirs. */
    private boolean mayGive(Owner now, Owner to) {
        Owner after = now.with(to);
        if (user.uid() == 0 || after.equals(now)) {
            return true;
        }
        boolean isGroup = user.gid() == (int) after.gid() || user.groups().contains((int) after.gid());
        return now.uid() == Integer.toUnsignedLong(user.uid()) && after.uid() == now.uid() && isGroup;
    }

    private Answer tell(SupervisedCall call, Optional<SupervisedFile> found, int result) {
        if (found.isEmpty() || isOfProcess(found.get())) {
            return Answer.LEFT;
        }
        SupervisedStatus status = found.get().status();
        if (status.error() != 0) {
            return Answer.of(status.error());
        }
        Owner owner = ownerOrUser(found.get(), status.toFileStatus());
        return call.write(result, status.withOwner((int) owner.uid(), (int) owner.gid())) ? Answer.DONE : Answer.LEFT;
    }

    /** Such names stand for something else in this process. */
    private static boolean isOfProcess(SupervisedFile file) {
        return file.startsWith("/proc/self") || file.startsWith("/proc/thread-self");
    }

    /** A file that is removed already, or has no name, is taken for a new one. */
    private Owner ownerOrUser(SupervisedFile file, FileStatus status) {
        try {
            return owner(file.path(), status);
        } catch (IOException e) {
            return given.ofNewFiles();
        }
    }

    private Owner owner(Path path, FileStatus status) throws IOException {
        if ((int) status.uid() != own.uid()) {
            return new Owner(status.uid(), status.gid());
        }
        for (RootFiles root : roots) {
            Optional<Owner> known = root.owner(path, status);
            if (known.isPresent()) {
                return given.given(path, status, known.get());
            }
        }
        return given.given(path, status, ofNew(path));
    }

    /** A folder may give its group to what is made in it. */
    private Owner ofNew(Path path) throws IOException {
        Owner made = given.ofNewFiles();
        Path folder = path.getParent();
        if (folder == null) {
            return made;
        }
        FileStatus status = FileStatus.of(folder);
        return (status.mode() & SET_GROUP) == 0
                ? made
                : new Owner(made.uid(), owner(folder, status).gid());
    }
}
