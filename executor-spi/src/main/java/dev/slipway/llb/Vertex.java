package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One operation with its inputs: a node of the build graph.
 *
 * <p>The digest is the sha256 of the encoding, and the encoding names each input by digest, so it stands for the whole graph
 * below. Two vertices are equal if their digests are, whatever their metadata.
 */
public final class Vertex {

    private final Op op;
    private final List<Edge> inputs;
    private final Optional<Platform> platform;
    private final VertexMetadata metadata;
    private final byte[] encoded;
    private final Digest digest;

    private Vertex(
            Op op,
            List<Edge> inputs,
            Optional<Platform> platform,
            VertexMetadata metadata,
            byte[] encoded,
            Digest digest) {
        this.op = op;
        this.inputs = inputs;
        this.platform = platform;
        this.metadata = metadata;
        this.encoded = encoded;
        this.digest = digest;
    }

    /**
     * A vertex of this op.
     *
     * @param op what it does
     * @param inputs what it does it to, in the order in which the op counts them
     * @param platform the platform it runs for; only exec ops and image sources have one
     * @param metadata what stands beside the digest
     * @throws IllegalArgumentException if the op names an input that is not there
     * @throws InvalidUtf8Exception if a text of the op is not valid Unicode
     */
    public static Vertex of(Op op, List<Edge> inputs, Optional<Platform> platform, VertexMetadata metadata) {
        requireNonNull(metadata, "metadata is null");
        requireNonNull(platform, "platform is null");
        List<Edge> copy = List.copyOf(inputs);
        Positions.check(requireNonNull(op, "op is null"), copy);
        byte[] encoded = OpEncoder.encode(copy.stream().map(OpEncoder.Input::of).toList(), platform, op);
        return new Vertex(op, copy, platform, metadata, encoded, Digest.sha256(encoded));
    }

    /** The digest of an op alone: equal for what does the same, whatever it does it to. */
    public static Digest digest(Op op, Optional<Platform> platform) {
        return Digest.sha256(OpEncoder.encode(List.of(), platform, op));
    }

    /** The same vertex with other metadata. */
    public Vertex withMetadata(VertexMetadata other) {
        return new Vertex(op, inputs, platform, other, encoded, digest);
    }

    public Op op() {
        return op;
    }

    public List<Edge> inputs() {
        return inputs;
    }

    public Optional<Platform> platform() {
        return platform;
    }

    public VertexMetadata metadata() {
        return metadata;
    }

    /** The identity of this vertex. */
    public Digest digest() {
        return digest;
    }

    /** A copy of the canonical encoding. */
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof Vertex vertex && digest.equals(vertex.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return metadata.name().orElse("vertex") + " " + digest;
    }
}
