package dev.slipway.provenance;

import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.FileAction.UserReference;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An action on files as BuildKit's provenance has it. */
final class StepAction {

    private StepAction() {}

    static Map<String, Object> of(FileAction action) {
        Map<String, Object> members = new TreeMap<>();
        members.put("input", action.input());
        members.put("secondaryInput", action.secondaryInput());
        members.put("output", action.output());
        members.put("Action", command(action.command()));
        return members;
    }

    private static Map<String, Object> command(FileAction.Command command) {
        if (command instanceof FileAction.Copy copy) {
            return Map.of("copy", copy(copy));
        } else if (command instanceof FileAction.MakeFile file) {
            return Map.of("mkfile", makeFile(file));
        } else if (command instanceof FileAction.MakeDirectory directory) {
            return Map.of("mkdir", makeDirectory(directory));
        } else if (command instanceof FileAction.Remove remove) {
            return Map.of("rm", remove(remove));
        } else if (command instanceof FileAction.Symlink symlink) {
            return Map.of("symlink", symlink(symlink));
        }
        throw new IllegalArgumentException("unknown action " + command);
    }

    private static Map<String, Object> copy(FileAction.Copy copy) {
        return owner(copy.owner())
                .text("src", copy.source())
                .text("dest", copy.destination())
                .number("mode", copy.mode())
                .text("modeStr", copy.modeText())
                .flag("followSymlink", copy.followSymlink())
                .flag("dirCopyContents", copy.directoryContents())
                .flag("attemptUnpackDockerCompatibility", copy.attemptUnpack())
                .flag("createDestPath", copy.createDestinationPath())
                .flag("allowWildcard", copy.allowWildcard())
                .flag("allowEmptyWildcard", copy.allowEmptyWildcard())
                .number("timestamp", copy.timestamp())
                .list("include_patterns", copy.includePatterns())
                .list("exclude_patterns", copy.excludePatterns())
                .flag("alwaysReplaceExistingDestPaths", copy.alwaysReplaceDestination())
                .list("required_paths", copy.requiredPaths())
                .toMap();
    }

    private static Map<String, Object> makeFile(FileAction.MakeFile file) {
        GoMembers members = owner(file.owner())
                .text("path", file.path())
                .number("mode", file.mode())
                .number("timestamp", file.timestamp());
        return file.data().length() == 0
                ? members.toMap()
                : members.with("data", file.data()).toMap();
    }

    private static Map<String, Object> makeDirectory(FileAction.MakeDirectory directory) {
        return owner(directory.owner())
                .text("path", directory.path())
                .number("mode", directory.mode())
                .flag("makeParents", directory.makeParents())
                .number("timestamp", directory.timestamp())
                .toMap();
    }

    private static Map<String, Object> remove(FileAction.Remove remove) {
        return new GoMembers()
                .text("path", remove.path())
                .flag("allowNotFound", remove.allowNotFound())
                .flag("allowWildcard", remove.allowWildcard())
                .toMap();
    }

    private static Map<String, Object> symlink(FileAction.Symlink symlink) {
        return owner(symlink.owner())
                .text("oldpath", symlink.target())
                .text("newpath", symlink.path())
                .number("timestamp", symlink.timestamp())
                .toMap();
    }

    private static GoMembers owner(Optional<FileAction.Owner> owner) {
        GoMembers members = new GoMembers();
        owner.ifPresent(given -> {
            GoMembers both = new GoMembers();
            given.user().ifPresent(user -> both.with("user", user(user)));
            given.group().ifPresent(group -> both.with("group", user(group)));
            members.with("owner", both.toMap());
        });
        return members;
    }

    private static Map<String, Object> user(UserReference user) {
        GoMembers members = new GoMembers();
        if (user instanceof UserName byName) {
            members.with(
                    "byName",
                    new GoMembers()
                            .text("name", byName.name())
                            .number("input", byName.input())
                            .toMap());
        } else if (user instanceof UserId byId) {
            members.unsigned("byId", byId.id());
        }
        return Map.of("User", members.toMap());
    }
}
