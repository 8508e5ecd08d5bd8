package dev.slipway.local.layer;

import dev.slipway.llb.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;

/**
 * Layers as files: a compact list of their entries, depth first. Where the bytes of files are kept stands beside each file, but
 * does not count for the digest that the layer is known by.
 */
public final class LayerIndex {

    static final int FOLDER_IS_DESCRIBED = 1;
    static final int FOLDER_IS_OPAQUE = 2;
    static final int FILE = 4;
    static final int FILE_AGAIN = 5;
    static final int LINK = 6;
    static final int WHITEOUT = 7;
    /** The first of four, one for each kind. */
    static final int SPECIAL = 8;

    static final int LOWER_LINK = 12;

    private static final long BLOCK = 4096;

    private LayerIndex() {}

    /**
     * Writes a layer.
     *
     * @return the digest of its form and of what it holds, wherever the bytes of its files are kept
     */
    public static Digest write(Directory layer, LayerForm form, OutputStream out) throws IOException {
        return new LayerIndexWriter(out).write(layer, form);
    }

    /** The form of a layer, which stands at the beginning of its index. */
    public static LayerForm form(InputStream in) throws IOException {
        return IndexInput.readBeginning(in, LayerIndexReader::form);
    }

    /**
     * Reads a layer.
     *
     * @param id the layer's id: the home of those bytes that it keeps itself
     * @throws IOException if it cannot be read, or is damaged
     */
    public static Directory read(InputStream in, String id) throws IOException {
        return LayerIndexReader.read(in, id).layer();
    }

    /**
     * What a layer needs.
     *
     * @param homes the ids of the layers that keep bytes of its files or its blob, itself not among them
     * @param unpackedSize about how many bytes of disk it takes when it is unpacked
     */
    public record Needs(Set<String> homes, long unpackedSize) {}

    /** What a layer needs, as it is written in its index. */
    public static Needs needs(InputStream in, String id) throws IOException {
        LayerIndexReader.Read read = LayerIndexReader.read(in, id);
        read.homes().remove(id);
        return new Needs(read.homes(), unpackedSize(read.layer()));
    }

    private static long unpackedSize(Node node) {
        if (node instanceof RegularFile file) {
            return (file.content().size() + BLOCK - 1) / BLOCK * BLOCK;
        }
        long size = BLOCK;
        if (node instanceof Directory folder) {
            for (int i = 0; i < folder.size(); i++) {
                size += unpackedSize(folder.node(i));
            }
        }
        return size;
    }
}
