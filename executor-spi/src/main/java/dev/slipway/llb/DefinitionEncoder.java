package dev.slipway.llb;

import dev.slipway.llb.SourceLocation.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The encoding of a whole {@link Definition}: the ops, what stands beside them, and where in which file they come from.
 * Unlike an op's, these bytes are nobody's identity; they are what BuildKit's clients send.
 */
final class DefinitionEncoder {

    private DefinitionEncoder() {}

    static byte[] encode(Definition definition) {
        Wire wire = new Wire();
        definition.encodedOps().forEach(op -> wire.bytesAlways(1, op));
        SortedMap<String, VertexMetadata> metadata = new TreeMap<>();
        definition.vertices().forEach(vertex -> metadata.put(vertex.digest().toString(), vertex.metadata()));
        SortedMap<String, VertexMetadata> located = new TreeMap<>(metadata);
        definition.head().ifPresent(head -> metadata.put(head.toString(), definition.headMetadata()));
        metadata.forEach((digest, value) -> wire.message(2, value, (entry, metadataOfOne) -> {
            entry.string(1, digest);
            entry.message(2, metadataOfOne, DefinitionEncoder::metadata);
        }));
        wire.message(3, located, DefinitionEncoder::source);
        return wire.toByteArray();
    }

    private static void metadata(Wire wire, VertexMetadata metadata) {
        wire.bool(1, metadata.ignoreCache());
        metadata.description()
                .forEach((key, text) -> wire.message(2, text, (entry, value) -> {
                    entry.bytesAlways(1, lenient(key));
                    entry.bytesAlways(2, lenient(value));
                }));
        metadata.capabilities()
                .forEach(capability -> wire.message(5, capability, (entry, name) -> {
                    entry.string(1, name);
                    entry.bool(2, true);
                }));
        metadata.progressGroup()
                .ifPresent(group -> wire.message(6, group, (out, value) -> {
                    out.string(1, value.id());
                    out.bytes(2, lenient(value.name()));
                    out.bool(3, value.weak());
                }));
        if (!metadata.linuxResources().isEmpty()) {
            wire.message(7, metadata.linuxResources(), DefinitionEncoder::linuxResources);
        }
    }

    /** Names can show what an op would refuse; there a question mark stands for what is no valid Unicode. */
    private static byte[] lenient(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void linuxResources(Wire wire, SortedMap<String, String> resources) {
        String[] numbers = {"memory", "memorySwap", "cpuShares", "cpuPeriod", "cpuQuota"};
        for (int i = 0; i < numbers.length; i++) {
            wire.number(i + 1, Long.parseLong(resources.getOrDefault(numbers[i], "0")));
        }
        wire.string(6, resources.getOrDefault("cpusetCpus", ""));
        wire.string(7, resources.getOrDefault("cpusetMems", ""));
    }

    /** Every op but the terminal one has an entry, be it empty; files are numbered as they appear. */
    private static void source(Wire wire, SortedMap<String, VertexMetadata> metadata) {
        Map<SourceFile, Integer> files = new LinkedHashMap<>();
        metadata.forEach((digest, value) -> wire.message(1, value, (entry, metadataOfOne) -> {
            entry.string(1, digest);
            entry.message(
                    2,
                    metadataOfOne,
                    (locations, one) -> one.locations().forEach(location -> location(locations, location, files)));
        }));
        files.keySet()
                .forEach(file -> wire.message(2, file, (out, value) -> {
                    out.string(1, value.name());
                    out.bytes(2, value.data().unshared());
                    out.string(4, value.language());
                }));
    }

    private static void location(Wire wire, SourceLocation location, Map<SourceFile, Integer> files) {
        Integer known = files.putIfAbsent(location.file(), files.size());
        int index = known == null ? files.size() - 1 : known;
        wire.message(1, location, (out, value) -> {
            out.number(1, index);
            value.ranges()
                    .forEach(range -> out.message(2, range, (inner, lines) -> {
                        position(inner, 1, lines.startLine(), lines.startCharacter());
                        position(inner, 2, lines.endLine(), lines.endCharacter());
                    }));
        });
    }

    private static void position(Wire wire, int field, int line, int character) {
        wire.message(field, line, (out, value) -> {
            out.number(1, value);
            out.number(2, character);
        });
    }
}
