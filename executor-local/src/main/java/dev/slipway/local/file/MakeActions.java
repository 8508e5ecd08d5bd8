package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.MakeFile;
import dev.slipway.llb.FileAction.Symlink;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Folder;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes folders, files and links. */
final class MakeActions {

    private static final int PERMISSIONS = 0777;

    private MakeActions() {}

    /** One that exists already stays as it is; so do its parents. */
    static void run(MakeDirectory action, Optional<OwnerIds> owner, DraftDirectory root, Surroundings surroundings) {
        Attributes attributes = surroundings.attributes(action.mode() & PERMISSIONS, owner, action.timestamp());
        Place place = PathResolver.resolve(root, action.path());
        if (action.makeParents()) {
            TargetFolders.make(root, place.names(), attributes);
        } else if (place.node().isEmpty()) {
            DraftDirectory parent = parent(root, place, "mkdir");
            TargetFolders.make(parent, List.of(name(place)), attributes);
        }
    }

    /**
     * An existing file keeps its mode, and its folder its time, for it is only written anew; a link is written through, inside the
     * root.
     */
    static void run(MakeFile action, Optional<OwnerIds> owner, DraftDirectory root, Surroundings surroundings)
            throws IOException {
        Place place = PathResolver.resolve(root, action.path());
        if (place.folder().isPresent()) {
            throw new ExecutorException("open " + place.path() + ": is a directory; choose another path");
        }
        int mode = place.node().map(Node::attributes).map(Attributes::mode).orElse(action.mode() & PERMISSIONS);
        Attributes attributes = surroundings.attributes(mode, owner, action.timestamp());
        DraftDirectory parent = parent(root, place, "open");
        Attributes before = parent.attributes();
        OwnerIds made = place.node().map(Node::attributes).map(OwnerIds::of).orElse(OwnerIds.madeIn(before));
        OwnerIds ids = OwnerIds.of(attributes).after(made);
        Content content = surroundings.added().add(action.data().toArray());
        parent.put(name(place), new RegularFile(attributes.withOwner(ids.uid(), ids.gid()), content));
        if (place.node().isPresent()) {
            parent.setAttributes(before);
        }
    }

    static void run(Symlink action, Optional<OwnerIds> owner, DraftDirectory root, Surroundings surroundings) {
        Place place = PathResolver.resolve(root, action.path());
        if (place.node().isPresent()) {
            throw new ExecutorException(
                    "symlink " + action.target() + " " + place.path() + ": file exists; choose another path");
        }
        Attributes attributes = surroundings.attributes(PERMISSIONS, owner, action.timestamp());
        DraftDirectory parent = parent(root, place, "symlink");
        parent.put(name(place), new SymbolicLink(Surroundings.in(parent, attributes), action.target()));
    }

    private static DraftDirectory parent(DraftDirectory root, Place place, String what) {
        List<String> names = place.names();
        Folder folder = root;
        for (String name : names.subList(0, names.size() - 1)) {
            folder = folder.child(name)
                    .filter(Folder.class::isInstance)
                    .map(Folder.class::cast)
                    .orElseThrow(() -> new ExecutorException(
                            what + " " + place.path() + ": no such file or directory; make the folder first"));
        }
        return (DraftDirectory) folder;
    }

    private static String name(Place place) {
        return place.names().get(place.names().size() - 1);
    }
}
