package dev.slipway.solver;

import dev.slipway.executor.CacheRecord.Part;
import dev.slipway.executor.Result;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Vertex;
import dev.slipway.solver.cache.CacheMap;
import dev.slipway.solver.cache.InputUse;
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

    /**
     * The key of a source that holds what this key of the executor's stands for. What it is called makes no difference to those who build
     * upon it.
     */
    static Key source(Vertex vertex, Digest sourceKey) {
        KeyText key = new KeyText("source");
        key.show("op", vertex.digest().toString());
        vertex.platform().ifPresent(platform -> key.show("platform", platform.formatAll()));
        key.add("source", sourceKey.toString());
        return key.end();
    }

    /**
     * The key by definition.
     *
     * @param map what the step is known by
     * @param inputKeys the definition keys of the inputs, in their order
     */
    static Key definition(Vertex vertex, CacheMap map, List<Key> inputKeys) {
        KeyText key = begin("definition", vertex, map);
        for (int i = 0; i < inputKeys.size(); i++) {
            Edge input = vertex.inputs().get(i);
            key.add("input " + i, inputKeys.get(i).digest() + "@" + input.output());
            key.addPaths(i, map.inputs().get(i));
        }
        return key.end();
    }

    /**
     * The key by content.
     *
     * @param map what the step is known by
     * @param inputs the results of the inputs
     * @param contents for each input that counts by its content, by its position, what is read of it. Where in the input it is makes no
     *     difference
     */
    static Key content(Vertex vertex, CacheMap map, List<Result> inputs, Map<Integer, ReadContent> contents) {
        KeyText key = begin("content", vertex, map);
        for (int i = 0; i < inputs.size(); i++) {
            String name = "input " + i;
            ReadContent content = contents.get(i);
            if (content != null) {
                key.add(name, content.digest().toString(), content.named(name));
            }
            if (content == null || !map.inputs().get(i).onlyRead()) {
                key.add(name, inputs.get(i).id());
                key.addPaths(i, map.inputs().get(i));
            }
        }
        return key.end();
    }

    private static KeyText begin(String kind, Vertex vertex, CacheMap map) {
        KeyText key = new KeyText(kind);
        key.add("op", map.digest().toString());
        vertex.platform().ifPresent(platform -> key.show("platform", platform.formatAll()));
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
            text.append("slipway.").append(kind).append(".v3\n");
        }

        /** For people alone: what it says is in another part. */
        private void show(String name, String value) {
            parts.add(new Part(name, value));
        }

        private void add(String name, String value) {
            add(name, value, List.of(new Part(name, value)));
        }

        private void addPaths(int input, InputUse use) {
            List<Part> shown = use.paths().stream()
                    .map(path -> new Part("input " + input + " path", path))
                    .toList();
            use.selector()
                    .ifPresentOrElse(
                            selector -> add("input " + input + " path", selector.toString(), shown),
                            () -> parts.addAll(shown));
        }

        /** @param shown what people read */
        private void add(String name, String value, List<Part> shown) {
            parts.addAll(shown);
            text.append(name.length()).append(' ').append(name);
            text.append(value.length()).append(' ').append(value);
        }

        private Key end() {
            return new Key(Digest.sha256(text.toString()), parts);
        }
    }
}
