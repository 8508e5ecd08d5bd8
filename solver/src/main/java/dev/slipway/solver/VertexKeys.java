package dev.slipway.solver;

import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.executor.Result;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the keys under which results are looked up.
 *
 * <p>The definition key of a vertex is known without running anything: it is made of the op and the definition keys of the
 * inputs, down to what the sources hold. The content key is known when the inputs are: it is made of the op, of the content of
 * inputs that are only read and of the identity of those that are built upon. Two definition keys can lead to one content key,
 * never the other way round.
 */
final class VertexKeys {

    private VertexKeys() {}

    /** The key of a source that holds what this key of the executor's stands for. */
    static Key source(Vertex vertex, Digest sourceKey) {
        List<Part> parts = parts(vertex);
        parts.add(new Part("source", sourceKey.toString()));
        return Key.of("source", parts);
    }

    /**
     * The key by definition.
     *
     * @param inputKeys the definition keys of the inputs, in their order
     */
    static Key definition(Vertex vertex, List<Key> inputKeys) {
        List<Part> parts = parts(vertex);
        for (int i = 0; i < inputKeys.size(); i++) {
            Edge input = vertex.inputs().get(i);
            parts.add(new Part("input " + i, inputKeys.get(i).digest() + "@" + input.output()));
        }
        return Key.of("definition", parts);
    }

    /**
     * The key by content.
     *
     * @param inputs the results of the inputs
     * @param contents for each input that is only read, by its position, what is read of it and the digest of that
     */
    static Key content(Vertex vertex, List<Result> inputs, Map<Integer, List<Part>> contents) {
        List<Part> parts = parts(vertex);
        for (int i = 0; i < inputs.size(); i++) {
            String name = "input " + i;
            if (contents.containsKey(i)) {
                contents.get(i).forEach(part -> parts.add(new Part(name + " " + part.name(), part.value())));
            } else {
                parts.add(new Part(name, inputs.get(i).id()));
            }
        }
        return Key.of("content", parts);
    }

    private static List<Part> parts(Vertex vertex) {
        List<Part> parts = new ArrayList<>();
        Digest op = Vertex.digest(KeyedOp.of(vertex.op()), vertex.platform());
        parts.add(new Part("op", op.toString()));
        vertex.platform().ifPresent(platform -> parts.add(new Part("platform", platform.formatAll())));
        return parts;
    }

    /**
     * A key with what it is made of.
     *
     * @param digest the key
     * @param parts what decided it, readable
     */
    record Key(Digest digest, List<Part> parts) {

        Key {
            parts = List.copyOf(parts);
        }

        /** The version stands in the text, so that a later scheme never meets records of an earlier one. */
        private static Key of(String kind, List<Part> parts) {
            StringBuilder text = new StringBuilder("slipway.").append(kind).append(".v1\n");
            for (Part part : parts) {
                text.append(part.name().length()).append(' ').append(part.name());
                text.append(part.value().length()).append(' ').append(part.value());
            }
            return new Key(Digest.sha256(text.toString()), parts);
        }
    }
}
