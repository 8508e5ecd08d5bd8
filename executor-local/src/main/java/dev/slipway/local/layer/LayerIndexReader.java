package dev.slipway.local.layer;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.local.layer.SpecialFile.Kind;
import dev.slipway.oci.disk.DeepStack;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a {@link LayerIndex}. */
final class LayerIndexReader {

    private static final int MAX_NODES = 50_000_000;

    private final IndexInput in;
    private final List<RegularFile> files = new ArrayList<>();
    private final List<String> homes = new ArrayList<>();

    private LayerIndexReader(IndexInput in, String id) {
        this.in = in;
        homes.add(id);
    }

    /**
     * @param homes the ids of the layers that keep bytes of its files or its blob
     */
    record Read(Directory layer, Set<String> homes) {}

    static Read read(InputStream stream, String id) throws IOException {
        return IndexInput.read(stream, in -> new LayerIndexReader(in, id).read());
    }

    /** The form of the layer whose index begins here. */
    static LayerForm form(IndexInput in) throws IOException {
        return LayerForm.ofHeader(in.text()).orElseThrow(() -> new IOException("not a file of this version"));
    }

    private Read read() throws IOException {
        LayerForm form = form(in);
        if (!(node(0) instanceof Directory root)) {
            throw new IOException("the index is of no folder");
        }
        Set<String> needed = new TreeSet<>(homes);
        form.origin().ifPresent(needed::add);
        return new Read(root, needed);
    }

    private Node node(int depth) throws IOException {
        if (depth > DeepStack.MAX_FOLDERS) {
            throw new IOException("the index is nested too deeply");
        }
        int kind = in.count(LayerIndex.LOWER_LINK);
        if (kind < LayerIndex.FILE) {
            return folder(kind, depth);
        }
        return switch (kind) {
            case LayerIndex.FILE -> file();
            case LayerIndex.FILE_AGAIN -> files.get(in.count(files.size() - 1));
            case LayerIndex.LINK -> new SymbolicLink(attributes(), in.text());
            case LayerIndex.WHITEOUT -> Whiteout.INSTANCE;
            case LayerIndex.LOWER_LINK -> new LowerLink(attributes(), in.text());
            default ->
                new SpecialFile(attributes(), Kind.values()[kind - LayerIndex.SPECIAL], in.number(), in.number());
        };
    }

    private Directory folder(int flags, int depth) throws IOException {
        boolean described = (flags & LayerIndex.FOLDER_IS_DESCRIBED) != 0;
        Optional<Attributes> attributes = described ? Optional.of(attributes()) : Optional.empty();
        int size = in.count(MAX_NODES);
        List<String> names = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            names.add(in.text());
            nodes.add(node(depth + 1));
        }
        return new Directory(attributes, (flags & LayerIndex.FOLDER_IS_OPAQUE) != 0, names, nodes);
    }

    private RegularFile file() throws IOException {
        Attributes attributes = attributes();
        long size = in.number();
        Content content = Content.EMPTY;
        if (size > 0) {
            Digest digest = Digest.of(in.bytes());
            content = new Content(digest, size, home(), in.number());
        }
        RegularFile file = new RegularFile(attributes, content);
        files.add(file);
        return file;
    }

    private String home() throws IOException {
        int number = in.count(homes.size());
        if (number == homes.size()) {
            homes.add(in.text());
        }
        return homes.get(number);
    }

    private Attributes attributes() throws IOException {
        int mode = in.count(07777);
        long uid = in.number();
        long gid = in.number();
        Instant modified = Instant.ofEpochSecond(in.signed(), in.number());
        TreeMap<String, Bytes> xattrs = new TreeMap<>();
        for (int rest = in.count(MAX_NODES); rest > 0; rest--) {
            xattrs.put(in.text(), Bytes.of(in.bytes()));
        }
        return new Attributes(mode, uid, gid, modified, xattrs);
    }
}
