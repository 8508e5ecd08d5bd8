package dev.slipway.local.layer;

import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;

/** Writes a {@link LayerIndex}. */
final class LayerIndexWriter {

    private final IndexOutput out;
    private final Map<RegularFile, Integer> files = new IdentityHashMap<>();
    private final Map<String, Integer> homes = new HashMap<>();

    LayerIndexWriter(OutputStream out) {
        this.out = new IndexOutput(out);
        homes.put("", 0);
    }

    Digest write(Directory layer, LayerForm form) throws IOException {
        out.text(form.header());
        node(layer);
        return out.finish();
    }

    private void node(Node node) throws IOException {
        if (node instanceof Directory directory) {
            folder(directory);
        } else if (node instanceof RegularFile file) {
            file(file);
        } else if (node instanceof SymbolicLink link) {
            out.number(LayerIndex.LINK);
            attributes(link.attributes());
            out.text(link.target());
        } else if (node instanceof SpecialFile special) {
            out.number(LayerIndex.SPECIAL + special.kind().ordinal());
            attributes(special.attributes());
            out.number(special.major());
            out.number(special.minor());
        } else if (node instanceof LowerLink link) {
            out.number(LayerIndex.LOWER_LINK);
            attributes(link.attributes());
            out.text(link.target());
        } else if (node == Whiteout.INSTANCE) {
            out.number(LayerIndex.WHITEOUT);
        } else {
            throw new IllegalArgumentException("a layer holds finished folders only");
        }
    }

    private void folder(Directory directory) throws IOException {
        int described = directory.isImplicit() ? 0 : LayerIndex.FOLDER_IS_DESCRIBED;
        out.number(described | (directory.isOpaque() ? LayerIndex.FOLDER_IS_OPAQUE : 0));
        if (described > 0) {
            attributes(directory.attributes());
        }
        out.number(directory.size());
        for (int i = 0; i < directory.size(); i++) {
            out.text(directory.name(i));
            node(directory.node(i));
        }
    }

    private void file(RegularFile file) throws IOException {
        Integer known = files.putIfAbsent(file, files.size());
        if (known != null) {
            out.number(LayerIndex.FILE_AGAIN);
            out.number(known);
            return;
        }
        out.number(LayerIndex.FILE);
        attributes(file.attributes());
        Content content = file.content();
        out.number(content.size());
        if (content.size() > 0) {
            out.bytes(HexFormat.of().parseHex(content.digest().hex()));
            home(content.home());
            out.place(content.offset());
        }
    }

    /** A number for each home; at its first use, the id follows. */
    private void home(String id) throws IOException {
        Integer known = homes.putIfAbsent(id, homes.size());
        if (known == null) {
            out.place(homes.size() - 1);
            out.place(id);
        } else {
            out.place(known);
        }
    }

    private void attributes(Attributes attributes) throws IOException {
        out.number(attributes.mode());
        out.number(attributes.uid());
        out.number(attributes.gid());
        out.signed(attributes.modified().getEpochSecond());
        out.number(attributes.modified().getNano());
        out.number(attributes.xattrs().size());
        for (Map.Entry<String, Bytes> xattr : attributes.xattrs().entrySet()) {
            out.text(xattr.getKey());
            out.bytes(xattr.getValue().toArray());
        }
    }
}
