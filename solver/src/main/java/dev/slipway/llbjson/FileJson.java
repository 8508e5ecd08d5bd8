package dev.slipway.llbjson;

import dev.slipway.llb.FileAction;
import dev.slipway.oci.json.JsonWriter;
import java.util.Optional;

/** The members of an action of a file op. */
final class FileJson {

    private FileJson() {}

    static void action(JsonWriter json, FileAction action) {
        ProtoJson.int64(json, "input", action.input());
        ProtoJson.int64(json, "secondaryInput", action.secondaryInput());
        ProtoJson.int64(json, "output", action.output());
        if (action.command() instanceof FileAction.Copy copy) {
            ProtoJson.object(json, "copy", copy, FileJson::copy);
        } else if (action.command() instanceof FileAction.MakeFile file) {
            ProtoJson.object(json, "mkfile", file, FileJson::makeFile);
        } else if (action.command() instanceof FileAction.MakeDirectory directory) {
            ProtoJson.object(json, "mkdir", directory, FileJson::makeDirectory);
        } else if (action.command() instanceof FileAction.Remove remove) {
            ProtoJson.object(json, "rm", remove, FileJson::remove);
        } else if (action.command() instanceof FileAction.Symlink symlink) {
            ProtoJson.object(json, "symlink", symlink, FileJson::symlink);
        }
    }

    private static void copy(JsonWriter json, FileAction.Copy copy) {
        ProtoJson.text(json, "src", copy.source());
        ProtoJson.text(json, "dest", copy.destination());
        owner(json, copy.owner());
        ProtoJson.int32(json, "mode", copy.mode());
        ProtoJson.flag(json, "followSymlink", copy.followSymlink());
        ProtoJson.flag(json, "dirCopyContents", copy.directoryContents());
        ProtoJson.flag(json, "attemptUnpackDockerCompatibility", copy.attemptUnpack());
        ProtoJson.flag(json, "createDestPath", copy.createDestinationPath());
        ProtoJson.flag(json, "allowWildcard", copy.allowWildcard());
        ProtoJson.flag(json, "allowEmptyWildcard", copy.allowEmptyWildcard());
        ProtoJson.int64(json, "timestamp", copy.timestamp());
        ProtoJson.texts(json, "includePatterns", copy.includePatterns());
        ProtoJson.texts(json, "excludePatterns", copy.excludePatterns());
        ProtoJson.flag(json, "alwaysReplaceExistingDestPaths", copy.alwaysReplaceDestination());
        ProtoJson.text(json, "modeStr", copy.modeText());
        ProtoJson.texts(json, "requiredPaths", copy.requiredPaths());
    }

    private static void makeFile(JsonWriter json, FileAction.MakeFile file) {
        ProtoJson.text(json, "path", file.path());
        ProtoJson.int32(json, "mode", file.mode());
        if (file.data().length() > 0) {
            json.member("data", file.data());
        }
        owner(json, file.owner());
        ProtoJson.int64(json, "timestamp", file.timestamp());
    }

    private static void makeDirectory(JsonWriter json, FileAction.MakeDirectory directory) {
        ProtoJson.text(json, "path", directory.path());
        ProtoJson.int32(json, "mode", directory.mode());
        ProtoJson.flag(json, "makeParents", directory.makeParents());
        owner(json, directory.owner());
        ProtoJson.int64(json, "timestamp", directory.timestamp());
    }

    private static void remove(JsonWriter json, FileAction.Remove remove) {
        ProtoJson.text(json, "path", remove.path());
        ProtoJson.flag(json, "allowNotFound", remove.allowNotFound());
        ProtoJson.flag(json, "allowWildcard", remove.allowWildcard());
    }

    private static void symlink(JsonWriter json, FileAction.Symlink symlink) {
        ProtoJson.text(json, "oldpath", symlink.target());
        ProtoJson.text(json, "newpath", symlink.path());
        owner(json, symlink.owner());
        ProtoJson.int64(json, "timestamp", symlink.timestamp());
    }

    private static void owner(JsonWriter json, Optional<FileAction.Owner> owner) {
        if (owner.isPresent()) {
            ProtoJson.object(json, "owner", owner.get(), (out, value) -> {
                user(out, "user", value.user());
                user(out, "group", value.group());
            });
        }
    }

    /** By name or by number; a member of a oneof is written even when it is 0. */
    private static void user(JsonWriter json, String field, Optional<FileAction.UserReference> user) {
        if (user.isEmpty()) {
            return;
        }
        json.startObject(field);
        if (user.get() instanceof FileAction.UserName byName) {
            ProtoJson.object(json, "byName", byName, (out, value) -> {
                ProtoJson.text(out, "name", value.name());
                ProtoJson.int64(out, "input", value.input());
            });
        } else if (user.get() instanceof FileAction.UserId byId) {
            json.member("byID", Integer.toUnsignedLong(byId.id()));
        }
        json.endObject();
    }
}
