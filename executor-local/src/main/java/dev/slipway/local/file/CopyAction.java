package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Missing;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.Wildcards;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies files and folders from one root into another. */
final class CopyAction {

    private static final int FOLDER_MODE = 0755;
    private static final int PERMISSIONS = 0777;

    private final Copy copy;
    private final Optional<OwnerIds> owner;
    private final Surroundings surroundings;
    private final CopiedAttributes attributes;

    CopyAction(Copy copy, Optional<OwnerIds> owner, Surroundings surroundings) {
        this.copy = copy;
        this.owner = owner;
        this.surroundings = surroundings;
        this.attributes = CopiedAttributes.of(copy, owner);
    }

    void run(Directory source, DraftDirectory root) throws IOException, InterruptedException {
        requireParent(root);
        for (String path : sources(source)) {
            if (copy.attemptUnpack()) {
                Optional<RegularFile> archive = archive(source, path);
                if (archive.isPresent()) {
                    unpack(archive.get(), path, root);
                    continue;
                }
            }
            copy(source, path, root);
        }
    }

    private void requireParent(DraftDirectory root) {
        if (!copy.createDestinationPath()) {
            List<String> names = PathResolver.resolve(root, copy.destination()).names();
            String parent = "/" + String.join("/", names.subList(0, Math.max(0, names.size() - 1)));
            if (PathResolver.resolveParent(root, parent).node().isEmpty()) {
                throw new ExecutorException("failed to stat " + copy.destination() + ": lstat " + parent
                        + ": no such file or directory; make this folder first");
            }
        }
    }

    private List<String> sources(Directory source) {
        for (String required : copy.requiredPaths()) {
            if (PathResolver.resolveParent(source, required).node().isEmpty()) {
                throw Missing.file(required);
            }
        }
        if (!copy.allowWildcard()) {
            return List.of(copy.source());
        }
        List<String> paths = Wildcards.resolve(source, copy.source(), copy.followSymlink());
        if (paths.isEmpty() && !copy.allowEmptyWildcard()) {
            throw Missing.matching(copy.source());
        }
        return paths;
    }

    private Optional<RegularFile> archive(Directory source, String path) throws IOException, InterruptedException {
        Node node = PathResolver.resolve(source, path).node().orElse(null);
        return node instanceof RegularFile file && Archives.isArchive(file, surroundings.contents())
                ? Optional.of(file)
                : Optional.empty();
    }

    /** As BuildKit and Docker do it: the destination is a folder, whatever it ends in, and is the root for the archive. */
    private void unpack(RegularFile archive, String path, DraftDirectory root)
            throws IOException, InterruptedException {
        DraftDirectory target = TargetFolders.make(
                root, copy.destination(), surroundings.attributes(FOLDER_MODE, owner, copy.timestamp()));
        try {
            new Unpacking(target, owner, surroundings).run(archive);
        } catch (InvalidImageException e) {
            throw new ExecutorException(
                    "cannot unpack " + path + ": " + e.getMessage()
                            + "; to unpack it, make it again; otherwise use COPY",
                    e);
        }
    }

    private void copy(Directory source, String path, DraftDirectory root) throws InterruptedException {
        int mode = copy.mode() >= 0 && copy.modeText().isEmpty() ? copy.mode() & PERMISSIONS : FOLDER_MODE;
        Attributes parents = surroundings.attributes(mode, owner, copy.timestamp());
        String ensured = ensured(copy.destination());
        if (!ensured.isEmpty()) {
            TargetFolders.make(root, ensured, parents);
        }
        List<String> names =
                new ArrayList<>(PathResolver.resolve(root, copy.destination()).names());
        Place from =
                copy.followSymlink() ? PathResolver.resolve(source, path) : PathResolver.resolveParent(source, path);
        Node node = from.node().orElseThrow(() -> Missing.file(path));
        Target target = Target.of(root, names);
        boolean folder = node instanceof Directory;
        boolean exists = target.node().isPresent();
        if (folder ? exists && !copy.directoryContents() : target.folder().isPresent()) {
            String base = path.substring(path.lastIndexOf('/') + 1);
            if (!base.isEmpty()) {
                names.add(base);
                target = target.child(base);
            }
        }
        boolean contentsOfNew = folder && copy.directoryContents() && !exists;
        TargetFolders.make(root, contentsOfNew ? names : names.subList(0, Math.max(0, names.size() - 1)), parents);
        new TreeCopy(copy, attributes).run(node, target);
    }

    /** What of the destination is made as a folder before anything is copied: all of it, if it ends in a slash. */
    private static String ensured(String destination) {
        String last = destination.substring(destination.lastIndexOf('/') + 1);
        return last.isEmpty() || last.equals(".")
                ? destination
                : destination.substring(0, destination.lastIndexOf('/') + 1);
    }
}
