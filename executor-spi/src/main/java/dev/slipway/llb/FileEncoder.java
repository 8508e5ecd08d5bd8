package dev.slipway.llb;

import java.util.Optional;

/** The encoding of {@link FileOp}. */
final class FileEncoder {

    private FileEncoder() {}

    static void file(Wire wire, FileOp op) {
        op.actions().forEach(action -> wire.message(2, action, FileEncoder::action));
    }

    private static void action(Wire wire, FileAction action) {
        wire.number(1, action.input());
        wire.number(2, action.secondaryInput());
        wire.number(3, action.output());
        if (action.command() instanceof FileAction.Copy copy) {
            wire.message(4, copy, FileEncoder::copy);
        } else if (action.command() instanceof FileAction.MakeFile file) {
            wire.message(5, file, FileEncoder::makeFile);
        } else if (action.command() instanceof FileAction.MakeDirectory directory) {
            wire.message(6, directory, FileEncoder::makeDirectory);
        } else if (action.command() instanceof FileAction.Remove remove) {
            wire.message(7, remove, FileEncoder::remove);
        } else if (action.command() instanceof FileAction.Symlink symlink) {
            wire.message(8, symlink, FileEncoder::symlink);
        }
    }

    private static void copy(Wire wire, FileAction.Copy copy) {
        wire.string(1, copy.source());
        wire.string(2, copy.destination());
        owner(wire, 3, copy.owner());
        wire.number(4, copy.mode());
        wire.bool(5, copy.followSymlink());
        wire.bool(6, copy.directoryContents());
        wire.bool(7, copy.attemptUnpack());
        wire.bool(8, copy.createDestinationPath());
        wire.bool(9, copy.allowWildcard());
        wire.bool(10, copy.allowEmptyWildcard());
        wire.number(11, copy.timestamp());
        wire.strings(12, copy.includePatterns());
        wire.strings(13, copy.excludePatterns());
        wire.bool(14, copy.alwaysReplaceDestination());
        wire.string(15, copy.modeText());
        wire.strings(16, copy.requiredPaths());
    }

    private static void makeFile(Wire wire, FileAction.MakeFile file) {
        wire.string(1, file.path());
        wire.number(2, file.mode());
        wire.bytes(3, file.data().unshared());
        owner(wire, 4, file.owner());
        wire.number(5, file.timestamp());
    }

    private static void makeDirectory(Wire wire, FileAction.MakeDirectory directory) {
        wire.string(1, directory.path());
        wire.number(2, directory.mode());
        wire.bool(3, directory.makeParents());
        owner(wire, 4, directory.owner());
        wire.number(5, directory.timestamp());
    }

    private static void remove(Wire wire, FileAction.Remove remove) {
        wire.string(1, remove.path());
        wire.bool(2, remove.allowNotFound());
        wire.bool(3, remove.allowWildcard());
    }

    private static void symlink(Wire wire, FileAction.Symlink symlink) {
        wire.string(1, symlink.target());
        wire.string(2, symlink.path());
        owner(wire, 3, symlink.owner());
        wire.number(4, symlink.timestamp());
    }

    private static void owner(Wire wire, int field, Optional<FileAction.Owner> owner) {
        owner.ifPresent(present -> wire.message(field, present, (out, value) -> {
            user(out, 1, value.user());
            user(out, 2, value.group());
        }));
    }

    private static void user(Wire wire, int field, Optional<FileAction.UserReference> user) {
        user.ifPresent(present -> wire.message(field, present, (out, value) -> {
            if (value instanceof FileAction.UserName name) {
                out.message(1, name, (inner, byName) -> {
                    inner.string(1, byName.name());
                    inner.number(2, byName.input());
                });
            } else if (value instanceof FileAction.UserId byId) {
                // A member of a oneof is written even when it is 0; the number is unsigned.
                out.numberAlways(2, Integer.toUnsignedLong(byId.id()));
            }
        }));
    }
}
