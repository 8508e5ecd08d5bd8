package dev.slipway.local.file;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.layer.Node;
import dev.slipway.oci.layer.Attributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A place in the root that is copied to. The folder that it is in may be made later than the place is known. */
final class Target {

    private final @Nullable Target parent;
    private final String name;
    private @Nullable DraftDirectory folder;

    private Target(@Nullable Target parent, String name, @Nullable DraftDirectory folder) {
        this.parent = parent;
        this.name = name;
        this.folder = folder;
    }

    /** The place of this path, which has no links in it. */
    static Target of(DraftDirectory root, List<String> names) {
        Target target = new Target(null, "", root);
        for (String name : names) {
            target = target.child(name);
        }
        return target;
    }

    Target child(String childName) {
        return new Target(this, childName, null);
    }

    boolean isRoot() {
        return parent == null;
    }

    private Target parent() {
        return requireNonNull(parent, "the root is in no folder");
    }

    /** What is there now. */
    Optional<Node> node() {
        return folder != null ? Optional.of(folder) : parent().folder().flatMap(above -> above.child(name));
    }

    /** The folder that is there now, if there is one. */
    Optional<DraftDirectory> folder() {
        if (folder == null) {
            folder = parent().folder().flatMap(above -> above.folder(name)).orElse(null);
        }
        return Optional.ofNullable(folder);
    }

    /** The attributes of the folder that it is in; those of the root for itself. */
    Attributes parentAttributes() {
        return (isRoot() ? requireNonNull(folder) : parent().folder().orElseThrow()).attributes();
    }

    /** Puts something there that is not a folder. The folder that it is in exists. */
    void put(Node node) {
        parent().folder().orElseThrow().put(name, node);
        folder = null;
    }

    /** Makes a folder there. The folder that it is in exists. */
    void makeFolder(Attributes attributes) {
        folder = parent().folder().orElseThrow().makeFolder(name, attributes);
    }

    void remove() {
        parent().folder().ifPresent(above -> above.remove(name));
        folder = null;
    }

    /** The absolute path. */
    String path() {
        if (isRoot()) {
            return "/";
        }
        return parent().isRoot() ? "/" + name : parent().path() + "/" + name;
    }
}
