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
        KeyText key = begin("source", vertex);
        key.add("source", sourceKey.toString());
        return key.end();
    }

    /**
     * The key by definition.
     *
     * @param uses how the vertex uses its inputs, in their order
     * @param inputKeys the definition keys of the inputs, in their order
     */
    static Key definition(Vertex vertex, List<InputUse> uses, List<Key> inputKeys) {
        KeyText key = begin("definition", vertex);
        for (int i = 0; i < inputKeys.size(); i++) {
            String name = "input " + i;
            Edge input = vertex.inputs().get(i);
            key.add(name, inputKeys.get(i).digest() + "@" + input.output());
            uses.get(i).paths().forEach(path -> key.add(name + " path", path));
        }
        return key.end();
    }

    /**
     * The key by content.
     *
     * @param uses how the vertex uses its inputs, in their order
     * @param inputs the results of the inputs
     * @param contents for each input that is only read, by its position, what is read of it and the digest of that. Where in the
     *     input it is makes no difference
     */
    static Key content(Vertex vertex, List<InputUse> uses, List<Result> inputs, Map<Integer, List<Part>> contents) {
        KeyText key = begin("content", vertex);
        for (int i = 0; i < inputs.size(); i++) {
            String name = "input " + i;
            if (contents.containsKey(i)) {
                contents.get(i).forEach(part -> key.add(name, name + " " + part.name(), part.value()));
            } else {
                key.add(name, inputs.get(i).id());
                uses.get(i).paths().forEach(path -> key.add(name + " path", path));
            }
        }
        return key.end();
    }

    private static KeyText begin(String kind, Vertex vertex) {
        KeyText key = new KeyText(kind);
        Digest op = Vertex.digest(KeyedOp.of(vertex.op()), vertex.platform());
        key.add("op", op.toString());
        vertex.platform().ifPresent(platform -> key.add("platform", platform.formatAll()));
        return key;
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
    }

    /** The parts of a key as people read them, and as they are hashed. */
    private static final class KeyText {

        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        /** The version stands in the text, so that a later scheme never meets records of an earlier one. */
        private KeyText(String kind) {
            text.append("slipway.").append(kind).append(".v2\n");
        }

        private void add(String name, String value) {
            add(name, name, value);
        }

        /** @param shown the name that people read */
        private void add(String name, String shown, String value) {
            parts.add(new Part(shown, value));
            text.append(name.length()).append(' ').append(name);
            text.append(value.length()).append(' ').append(value);
        }

        private Key end() {
            return new Key(Digest.sha256(text.toString()), parts);
        }
    }
}
