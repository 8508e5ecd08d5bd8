package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.Utf8Order;
import dev.slipway.oci.layer.Attributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A folder that is being changed, with what shows through of an earlier state. It belongs to one thread.
 *
 * <p>It serves to change a root, and to put together a layer from scratch; only in a layer do whiteouts and implicit folders
 * have a meaning. In a root that is changed at a known time, a folder that gets or loses a child has that time from then on, as
 * in every file system.
 */
public final class DraftDirectory implements Folder {

    private final Directory base;
    private final Optional<Supplier<Instant>> clock;
    private final Map<String, Node> changes = new HashMap<>();
    private Optional<Attributes> attributes;
    private boolean opaque;

    private DraftDirectory(Directory base, Optional<Attributes> attributes, Optional<Supplier<Instant>> clock) {
        this.base = base;
        this.attributes = attributes;
        this.clock = clock;
    }

    /** A folder as it is in a root, to be changed without a trace in the times of folders. */
    public static DraftDirectory over(Directory base) {
        return over(base, Optional.empty());
    }

    /**
     * A folder as it is in a root, to be changed.
     *
     * @param clock the time at which it is, and all below it
     */
    public static DraftDirectory over(Directory base, Supplier<Instant> clock) {
        return over(base, Optional.of(clock));
    }

    private static DraftDirectory over(Directory base, Optional<Supplier<Instant>> clock) {
        return new DraftDirectory(base, Optional.of(base.attributes()), clock);
    }

    /** The root of a layer that holds nothing yet. */
    public static DraftDirectory ofLayer() {
        return new DraftDirectory(emptyLayer(), Optional.empty(), Optional.empty());
    }

    private static Directory emptyLayer() {
        return new Directory(Optional.empty(), false, List.of(), List.of());
    }

    @Override
    public Attributes attributes() {
        return attributes.orElse(Attributes.DEFAULT_FOLDER);
    }

    /** Gives the folder these attributes. */
    public void setAttributes(Attributes changed) {
        attributes = Optional.of(changed);
    }

    /** Says that a layer hides what lower layers have in this folder. */
    public void setOpaque() {
        opaque = true;
    }

    @Override
    public Optional<Node> child(String name) {
        Node changed = changes.get(name);
        if (changed == null) {
            changed = base.child(name).orElse(null);
            if (changed instanceof Directory directory) {
                changed = over(directory, clock);
                changes.put(name, changed);
            }
        }
        return changed == Whiteout.INSTANCE ? Optional.empty() : Optional.ofNullable(changed);
    }

    /** Whether the layer says that what had this name is gone. */
    public boolean isWhiteout(String name) {
        return changes.get(name) == Whiteout.INSTANCE;
    }

    /** Whether the layer hides what lower layers have of this name, if it has nothing of the name itself. */
    public boolean hides(String name) {
        return opaque || isWhiteout(name);
    }

    /** The folder of this name, if there is one, to be changed. */
    public Optional<DraftDirectory> folder(String name) {
        return child(name).filter(DraftDirectory.class::isInstance).map(DraftDirectory.class::cast);
    }

    @Override
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>(Utf8Order.INSTANCE);
        names.addAll(base.names());
        changes.forEach((name, node) -> {
            if (node == Whiteout.INSTANCE) {
                names.remove(name);
            } else {
                names.add(name);
            }
        });
        return List.copyOf(names);
    }

    /** Puts a node here, in place of whatever had the name. A finished folder is put here to be changed further. */
    public void put(String name, Node node) {
        requireNonNull(node, "node is null");
        changes.put(name, node instanceof Directory directory ? over(directory, clock) : node);
        touch();
    }

    /** Makes a folder in place of whatever had the name. */
    public DraftDirectory makeFolder(String name, Attributes folder) {
        DraftDirectory made = new DraftDirectory(emptyLayer(), Optional.of(folder), clock);
        changes.put(name, made);
        touch();
        return made;
    }

    /** Makes a folder of a layer that is there only for what will be below it. */
    public DraftDirectory makeImplicitFolder(String name) {
        DraftDirectory made = ofLayer();
        changes.put(name, made);
        return made;
    }

    /** Takes away what has this name, if there is something. */
    public void remove(String name) {
        if (child(name).isEmpty()) {
            return;
        }
        if (base.child(name).isPresent()) {
            changes.put(name, Whiteout.INSTANCE);
        } else {
            changes.remove(name);
        }
        touch();
    }

    private void touch() {
        clock.ifPresent(time -> setAttributes(attributes().withModified(time.get())));
    }

    /** The layer that was put together from scratch. */
    public Directory toLayer() {
        TreeMap<String, Node> children = new TreeMap<>(Utf8Order.INSTANCE);
        changes.forEach(
                (name, node) -> children.put(name, node instanceof DraftDirectory draft ? draft.toLayer() : node));
        return Directory.of(attributes, opaque, children);
    }

    /** The folder as it is now, as it may stand in a root. */
    public Directory toRoot() {
        if (changes.isEmpty() && !base.isImplicit() && attributes().equals(base.attributes())) {
            return base;
        }
        TreeMap<String, Node> children = new TreeMap<>(Utf8Order.INSTANCE);
        for (int i = 0; i < base.size(); i++) {
            children.put(base.name(i), base.node(i));
        }
        changes.forEach((name, node) -> {
            if (node == Whiteout.INSTANCE) {
                children.remove(name);
            } else {
                children.put(name, node instanceof DraftDirectory draft ? draft.toRoot() : node);
            }
        });
        return Directory.of(attributes(), children);
    }

    /** What shows through where nothing was changed. */
    Directory base() {
        return base;
    }

    /** What was changed: new nodes, folders that were looked into, and whiteouts for what was taken away. */
    Map<String, Node> changes() {
        return changes;
    }
}
