package dev.slipway.solver.cache;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Op;
import dev.slipway.oci.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What file operations are known by, in the JSON that BuildKit hashes for its cache map. Of what is copied from an input only the name is
 * in it, which a file may keep; where it is counts with that input.
 */
final class FileCacheJson {

    private static final String TYPE = "buildkit.file.v0";

    private FileCacheJson() {}

    /** @param inputs how many inputs the vertex has; higher positions name earlier actions */
    static byte[] of(FileOp op, int inputs) {
        JsonWriter json = JsonWriter.go();
        json.startObject();
        json.member("Type", TYPE);
        json.member(
                "Actions",
                op.actions().stream()
                        .map(action -> Bytes.of(action(action, inputs)))
                        .toList());
        if (!isPlainChain(op.actions())) {
            json.member(
                    "indexes",
                    op.actions().stream()
                            .map(action -> List.of(action.input(), action.secondaryInput(), action.output()))
                            .toList());
        }
        return json.endObject().toBytes();
    }

    /** Each action upon the one before, and the last one the output: versions of BuildKit long ago had no numbers in the key. */
    private static boolean isPlainChain(List<FileAction> actions) {
        int count = actions.size();
        List<Boolean> plain = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FileAction action = actions.get(i);
            plain.add(action.input() == (i == 0 ? 0 : count + i - 1)
                    && (action.secondaryInput() == Op.NONE || action.secondaryInput() == 1)
                    && action.output() == (i == count - 1 ? 0 : Op.NONE));
        }
        return !plain.contains(false);
    }

    private static byte[] action(FileAction action, int inputs) {
        JsonWriter json = JsonWriter.go();
        json.startObject();
        if (action.command() instanceof FileAction.Copy copy) {
            boolean fromInput = action.secondaryInput() != Op.NONE && action.secondaryInput() < inputs;
            copy(json, copy, fromInput ? SlashPath.base(copy.source()) : copy.source());
        } else if (action.command() instanceof FileAction.MakeFile file) {
            GoMembers.text(json, "path", file.path());
            GoMembers.number(json, "mode", file.mode());
            if (file.data().length() > 0) {
                json.member("data", file.data());
            }
            owner(json, file.owner());
            GoMembers.number(json, "timestamp", file.timestamp());
        } else if (action.command() instanceof FileAction.MakeDirectory directory) {
            GoMembers.text(json, "path", directory.path());
            GoMembers.number(json, "mode", directory.mode());
            GoMembers.flag(json, "makeParents", directory.makeParents());
            owner(json, directory.owner());
            GoMembers.number(json, "timestamp", directory.timestamp());
        } else if (action.command() instanceof FileAction.Remove remove) {
            GoMembers.text(json, "path", remove.path());
            GoMembers.flag(json, "allowNotFound", remove.allowNotFound());
            GoMembers.flag(json, "allowWildcard", remove.allowWildcard());
        } else if (action.command() instanceof FileAction.Symlink symlink) {
            GoMembers.text(json, "oldpath", symlink.target());
            GoMembers.text(json, "newpath", symlink.path());
            owner(json, symlink.owner());
            GoMembers.number(json, "timestamp", symlink.timestamp());
        }
        return json.endObject().toBytes();
    }

    private static void copy(JsonWriter json, FileAction.Copy copy, String source) {
        GoMembers.text(json, "src", source);
        GoMembers.text(json, "dest", copy.destination());
        owner(json, copy.owner());
        GoMembers.number(json, "mode", copy.mode());
        GoMembers.flag(json, "followSymlink", copy.followSymlink());
        GoMembers.flag(json, "dirCopyContents", copy.directoryContents());
        GoMembers.flag(json, "attemptUnpackDockerCompatibility", copy.attemptUnpack());
        GoMembers.flag(json, "createDestPath", copy.createDestinationPath());
        GoMembers.flag(json, "allowWildcard", copy.allowWildcard());
        GoMembers.flag(json, "allowEmptyWildcard", copy.allowEmptyWildcard());
        GoMembers.number(json, "timestamp", copy.timestamp());
        GoMembers.list(json, "include_patterns", copy.includePatterns());
        GoMembers.list(json, "exclude_patterns", copy.excludePatterns());
        GoMembers.flag(json, "alwaysReplaceExistingDestPaths", copy.alwaysReplaceDestination());
        GoMembers.text(json, "modeStr", copy.modeText());
        GoMembers.list(json, "required_paths", copy.requiredPaths());
    }

    private static void owner(JsonWriter json, Optional<FileAction.Owner> owner) {
        if (owner.isPresent()) {
            GoMembers.object(json, "owner", owner.get(), (out, value) -> {
                user(out, "user", value.user());
                user(out, "group", value.group());
            });
        }
    }

    private static void user(JsonWriter json, String field, Optional<FileAction.UserReference> user) {
        if (user.isPresent()) {
            json.startObject(field).startObject("User");
            if (user.get() instanceof FileAction.UserName byName) {
                GoMembers.object(json, "byName", byName, (out, value) -> {
                    GoMembers.text(out, "name", value.name());
                    GoMembers.number(out, "input", value.input());
                });
            } else if (user.get() instanceof FileAction.UserId byId) {
                GoMembers.unsigned(json, "byId", byId.id());
            }
            json.endObject().endObject();
        }
    }
}
