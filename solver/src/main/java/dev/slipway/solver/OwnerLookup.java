package dev.slipway.solver;

import dev.slipway.llb.FileAction;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The inputs whose user and group files an action reads because an owner is given by name. */
final class OwnerLookup {

    private OwnerLookup() {}

    static IntStream inputs(FileAction.Command command) {
        return owner(command).stream()
                .flatMap(owner -> Stream.of(owner.user(), owner.group()))
                .flatMap(Optional::stream)
                .filter(FileAction.UserName.class::isInstance)
                .mapToInt(name -> ((FileAction.UserName) name).input());
    }

    private static Optional<FileAction.Owner> owner(FileAction.Command command) {
        if (command instanceof FileAction.Copy copy) {
            return copy.owner();
        }
        if (command instanceof FileAction.MakeFile file) {
            return file.owner();
        }
        if (command instanceof FileAction.MakeDirectory directory) {
            return directory.owner();
        }
        if (command instanceof FileAction.Symlink link) {
            return link.owner();
        }
        return Optional.empty();
    }
}
