package dev.slipway.local.layer;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;

/**
 * The bytes of a file, by digest, and where they are kept: in the data of a layer, which need not be the layer that the file
 * is in. A copied file refers to the bytes where they were first.
 *
 * @param digest of the bytes
 * @param size how many there are
 * @param home id of the layer that keeps them; empty for the layer that is being made, and for an empty file
 * @param offset where they begin when the contents of that layer stand one after the other, in the order in which they came
 */
public record Content(Digest digest, long size, String home, long offset) {

    /** No bytes at all. */
    public static final Content EMPTY = new Content(Digest.sha256(new byte[0]), 0, "", 0);

    public Content {
        requireNonNull(digest, "digest is null");
        requireNonNull(home, "home is null");
    }

    /** Bytes that the layer keeps that is being made. */
    public static Content own(Digest digest, long size, long offset) {
        return size == 0 ? EMPTY : new Content(digest, size, "", offset);
    }

    /** The same bytes in the layer with this id. */
    Content at(String layer) {
        return size > 0 && home.isEmpty() ? new Content(digest, size, layer, offset) : this;
    }
}
