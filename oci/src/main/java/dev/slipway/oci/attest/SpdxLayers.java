package dev.slipway.oci.attest;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Adds to a list of an image's contents which layer each file comes from, as BuildKit does: as a comment of files that have
 * none. Layers are read from the top until all files are found.
 */
public final class SpdxLayers {

    private final Map<String, String> known = new HashMap<>();
    private final List<WrittenLayer> rest;

    private SpdxLayers(List<WrittenLayer> layers) {
        rest = new ArrayList<>(layers);
    }

    /**
     * The document with the layers of its files; unchanged if it is not SPDX version 2.
     *
     * @param creator the tool that adds them, such as {@code slipway-1.0}
     * @param layers lowest first
     */
    public static Map<String, Object> note(Map<String, Object> document, String creator, List<WrittenLayer> layers)
            throws IOException, InterruptedException {
        if (!(document.get("spdxVersion") instanceof String version) || !version.startsWith("SPDX-2")) {
            return document;
        }
        SpdxLayers search = new SpdxLayers(layers);
        Map<String, Object> noted = new LinkedHashMap<>(document);
        if (document.get("files") instanceof List<?> files) {
            List<Object> all = new ArrayList<>();
            for (Object file : files) {
                all.add(search.noted(file));
            }
            noted.put("files", all);
        }
        Map<String, Object> creation = new LinkedHashMap<>(members(document.get("creationInfo")));
        List<Object> creators = new ArrayList<>(creation.get("creators") instanceof List<?> list ? list : List.of());
        creators.add("Tool: " + creator);
        creation.put("creators", creators);
        noted.put("creationInfo", creation);
        return noted;
    }

    private static Map<String, Object> members(@Nullable Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> members.put((String) name, member));
        }
        return members;
    }

    private Object noted(Object file) throws IOException, InterruptedException {
        Map<String, Object> members = members(file);
        boolean isCommented = members.get("comment") instanceof String comment && !comment.isEmpty();
        if (isCommented || !(members.get("fileName") instanceof String name)) {
            return file;
        }
        Optional<String> layer = find(clean(name));
        layer.ifPresent(digest -> members.put("comment", "layerID: " + digest));
        return members;
    }

    private static String clean(String path) {
        String plain = path.startsWith("./") ? path.substring(2) : path;
        return plain.startsWith("/") ? plain.substring(1) : plain;
    }

    private Optional<String> find(String path) throws IOException, InterruptedException {
        while (!known.containsKey(path) && !rest.isEmpty()) {
            look(rest.remove(rest.size() - 1));
        }
        return Optional.ofNullable(known.get(path));
    }

    /** The uppermost layer that has a file counts; a deletion does not count as having it. */
    private void look(WrittenLayer layer) throws IOException, InterruptedException {
        String digest = layer.descriptor().digest().toString();
        try (LayerReader reader = LayerReader.ofLayer(layer.layer().open(layer.descriptor()), LayerLimits.DEFAULT)) {
            for (Optional<FileEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                EntryType type = next.get().type();
                if (type != EntryType.WHITEOUT && type != EntryType.OPAQUE) {
                    known.putIfAbsent(next.get().path(), digest);
                }
            }
        }
    }
}
