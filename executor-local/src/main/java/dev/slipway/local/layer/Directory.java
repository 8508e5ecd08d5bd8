package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.Utf8Order;
import dev.slipway.oci.layer.Attributes;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A folder with everything below it. In a layer, one that is there only for what is below it is implicit: it has no attributes
 * of its own. In a root none is implicit or opaque, and there are neither whiteouts nor links to lower layers.
 */
public final class Directory implements Folder {

    /** An empty root. */
    public static final Directory EMPTY = of(Attributes.DEFAULT_FOLDER, Collections.emptySortedMap());

    private final Optional<Attributes> attributes;
    private final boolean opaque;
    private final String[] names;
    private final Node[] nodes;
    private final boolean plain;
    private final boolean devices;
    private final boolean lowerLinks;
    private final int weight;
    private final int depth;

    /** What {@link ContentDigest} found out; the same whoever computes it. */
    private volatile byte @Nullable [] contentDigest;

    /** What {@link Checksum} found out; the same whoever computes it. */
    private volatile byte @Nullable [] checksum;

    Directory(Optional<Attributes> attributes, boolean opaque, List<String> names, List<Node> nodes) {
        this.attributes = requireNonNull(attributes, "attributes is null");
        this.opaque = opaque;
        this.names = names.toArray(String[]::new);
        this.nodes = nodes.toArray(Node[]::new);
        boolean allPlain = nodes.stream().allMatch(Directory::isPlain);
        this.plain = attributes.isPresent() && !opaque && allPlain;
        this.devices = nodes.stream().anyMatch(Directory::hasDevices);
        this.lowerLinks = !allPlain && nodes.stream().anyMatch(Directory::hasLowerLinks);
        this.depth = 1 + nodes.stream().mapToInt(Directory::depth).max().orElse(0);
        this.weight = 1 + nodes.stream().mapToInt(Directory::weight).sum();
    }

    /** A folder of a root. */
    public static Directory of(Attributes attributes, SortedMap<String, Node> children) {
        return of(Optional.of(attributes), false, children);
    }

    /** A folder of a layer; without attributes, an implicit one. */
    public static Directory ofLayer(Optional<Attributes> attributes, SortedMap<String, Node> children) {
        return of(attributes, false, children);
    }

    static Directory of(Optional<Attributes> attributes, boolean opaque, SortedMap<String, Node> children) {
        SortedMap<String, Node> sorted = children;
        if (children.comparator() != Utf8Order.INSTANCE) {
            sorted = new TreeMap<>(Utf8Order.INSTANCE);
            sorted.putAll(children);
        }
        return new Directory(attributes, opaque, List.copyOf(sorted.keySet()), List.copyOf(sorted.values()));
    }

    private static boolean isPlain(Node node) {
        return node instanceof Directory directory
                ? directory.plain
                : !(node instanceof Whiteout || node instanceof LowerLink);
    }

    private static boolean hasDevices(Node node) {
        return node instanceof Directory directory
                ? directory.devices
                : node instanceof SpecialFile special && special.isDevice();
    }

    private static boolean hasLowerLinks(Node node) {
        return node instanceof Directory directory ? directory.lowerLinks : node instanceof LowerLink;
    }

    private static int weight(Node node) {
        return node instanceof Directory directory ? directory.weight : 1;
    }

    /** The same folder with these nodes under its names. */
    Directory withNodes(List<Node> others) {
        return new Directory(attributes, opaque, names(), others);
    }

    /** The same folder of a layer that says nothing of the folder itself. */
    Directory implicit() {
        return new Directory(Optional.empty(), opaque, names(), Arrays.asList(nodes));
    }

    private static int depth(Node node) {
        return node instanceof Directory directory ? directory.depth : 0;
    }

    /** Its own attributes, or those of an undescribed folder if it is implicit. */
    @Override
    public Attributes attributes() {
        return attributes.orElse(Attributes.DEFAULT_FOLDER);
    }

    /** Whether a layer says nothing of the folder itself. */
    public boolean isImplicit() {
        return attributes.isEmpty();
    }

    /** Whether a layer hides all that lower layers have in this folder. */
    public boolean isOpaque() {
        return opaque;
    }

    /** Whether nothing in it depends on lower layers, so that it may stand in a root as it is. */
    public boolean isPlain() {
        return plain;
    }

    @Override
    public Optional<Node> child(String name) {
        int at = Arrays.binarySearch(names, name, Utf8Order.INSTANCE);
        return at < 0 ? Optional.empty() : Optional.of(nodes[at]);
    }

    @Override
    public List<String> names() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /** Whether there are device files in it, at any depth. */
    public boolean hasDevices() {
        return devices;
    }

    /** Whether there are links in it to files of lower layers, at any depth. */
    public boolean hasLowerLinks() {
        return lowerLinks;
    }

    /** The same folder with other attributes, where it has any, and other children. */
    public Directory with(UnaryOperator<Attributes> change, SortedMap<String, Node> children) {
        return of(attributes.map(change), opaque, children);
    }

    /** How many nodes there are, itself included. */
    public int weight() {
        return weight;
    }

    /** How many folders lie in each other at most, itself included. */
    public int depth() {
        return depth;
    }

    /** How many children there are. */
    public int size() {
        return names.length;
    }

    /** The name of a child, by position in the order of layers. */
    public String name(int position) {
        return names[position];
    }

    /** A child, by position in the order of layers. */
    public Node node(int position) {
        return nodes[position];
    }

    byte @Nullable [] contentDigest() {
        return contentDigest;
    }

    void contentDigest(byte[] digest) {
        contentDigest = digest;
    }

    byte @Nullable [] checksum() {
        return checksum;
    }

    void checksum(byte[] digest) {
        checksum = digest;
    }
}
