package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.ImageSelector;
import dev.slipway.oci.layer.Decompression;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The only image of a layout, for Windows: what can be compared of it with what the reference made.
 *
 * @param platform under which it is listed
 * @param config its config
 * @param layers the entries of its layers, in the form of the reference
 */
record WindowsImage(Platform platform, JsonNode config, List<List<Entry>> layers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A record that holds a time, which is another one in each build. */
    private static final String CREATED = "LIBARCHIVE.creationtime";

    /** An entry of a layer; a time is a dash. */
    record Entry(
            String name,
            String type,
            String mode,
            long uid,
            long gid,
            long size,
            String target,
            Map<String, String> records) {

        static Entry of(TarArchiveEntry entry) {
            Map<String, String> records = new TreeMap<>(entry.getExtraPaxHeaders());
            records.keySet().removeIf(key -> !key.startsWith("MSWINDOWS.") && !key.startsWith("LIBARCHIVE."));
            // The library takes the time out of the records.
            if (entry.getCreationTime() != null) {
                records.put(CREATED, "-");
            }
            String type =
                    entry.isDirectory() ? "dir" : entry.isSymbolicLink() ? "symlink" : entry.isLink() ? "link" : "file";
            return new Entry(
                    withoutSlash(entry.getName()),
                    type,
                    "0o" + Integer.toOctalString(entry.getMode()),
                    entry.getLongUserId(),
                    entry.getLongGroupId(),
                    entry.getSize(),
                    entry.getLinkName(),
                    records);
        }

        static Entry expected(JsonNode entry) {
            Map<String, String> records = new TreeMap<>();
            entry.path("pax")
                    .properties()
                    .forEach(record ->
                            records.put(record.getKey(), record.getValue().asText()));
            records.computeIfPresent(CREATED, (key, time) -> "-");
            return new Entry(
                    entry.get("name").asText(),
                    entry.get("type").asText(),
                    entry.get("mode").asText(),
                    entry.get("uid").asLong(),
                    entry.get("gid").asLong(),
                    entry.path("size").asLong(),
                    entry.path("target").asText(""),
                    records);
        }

        /** Without what says that a layer is for Windows. */
        boolean isPlain() {
            return records.isEmpty() && !name.equals("Hives") && !(name + "/").startsWith("Files/");
        }

        private static String withoutSlash(String name) {
            return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        }
    }

    static WindowsImage read(Path layout) throws IOException {
        OciLayout from = OciLayout.open(layout);
        Descriptor root = from.index().manifests().get(0);
        Image image = new ImageSelector(from).select(root, Platform.parse("windows/amd64"));
        List<List<Entry>> layers = new ArrayList<>();
        for (Descriptor layer : image.manifest().layers()) {
            layers.add(entries(from, layer));
        }
        return new WindowsImage(
                root.platform().orElseThrow(),
                JSON.readTree(image.document().json().toArray()),
                layers);
    }

    private static List<Entry> entries(OciLayout from, Descriptor layer) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(Decompression.open(from.open(layer)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(Entry.of(entry));
            }
        }
        return entries;
    }

    List<String> differences(JsonNode expected) {
        List<String> differences = new ArrayList<>();
        JsonNode listed = expected.get("platform");
        compare("os", platform.os(), listed.get("os").asText(), differences);
        compare(
                "architecture",
                platform.architecture(),
                listed.get("architecture").asText(),
                differences);
        compare("os.version", platform.osVersion(), listed.path("os.version").asText(""), differences);
        compare(
                "os.version of the config",
                config.path("os.version").asText(""),
                expected.path("os.version").asText(""),
                differences);
        compare("config", config.path("config"), expected.get("config"), differences);
        compare("number of layers", layers.size(), expected.get("layers").size(), differences);
        for (int i = 0; i < Math.min(layers.size(), expected.get("layers").size()); i++) {
            List<Entry> entries = new ArrayList<>();
            expected.get("layers").get(i).forEach(entry -> entries.add(Entry.expected(entry)));
            compareLayers(i, entries, differences);
        }
        return differences;
    }

    /** BuildKit gives COPY --link plain names upon a Windows base too, which Windows cannot use. */
    private void compareLayers(int number, List<Entry> expected, List<String> differences) {
        boolean linked =
                config.path("os.version").isTextual() && expected.stream().allMatch(Entry::isPlain);
        if (!linked) {
            List<Entry> actual = layers.get(number);
            compare("number of entries of layer " + number, actual.size(), expected.size(), differences);
            for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
                compare("entry of layer " + number, actual.get(i), expected.get(i), differences);
            }
            return;
        }
        List<String> names = new ArrayList<>(List.of("Hives", "Files"));
        expected.forEach(entry -> names.add("Files/" + entry.name()));
        List<String> actual = layers.get(number).stream().map(Entry::name).toList();
        compare("layer " + number + " of COPY --link", actual, names, differences);
    }

    private static void compare(String what, Object actual, Object expected, List<String> differences) {
        if (!actual.equals(expected)) {
            differences.add(what + ": " + actual + "; expected is " + expected);
        }
    }
}
