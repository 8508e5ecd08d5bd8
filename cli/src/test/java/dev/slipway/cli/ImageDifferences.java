package dev.slipway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.cli.FinalFiles.FinalFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is different between an image and what is expected of it. */
final class ImageDifferences {

    private ImageDifferences() {}

    /** History counts but for its times. */
    static List<String> history(JsonNode actual, JsonNode expected) {
        List<String> differences = new ArrayList<>();
        if (actual.size() != expected.size()) {
            differences.add("history has " + actual.size() + " entries; expected are " + expected.size());
        }
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            for (String field : List.of("created_by", "comment", "author", "empty_layer")) {
                if (!actual.get(i).path(field).equals(expected.get(i).path(field))) {
                    differences.add("history " + i + " " + field + " is "
                            + actual.get(i).path(field) + "; expected is "
                            + expected.get(i).path(field));
                }
            }
        }
        return differences;
    }

    /** Every expected file has to be there as expected, and nothing else may differ from the base. */
    static List<String> files(FinalFiles actual, FinalFiles base, JsonNode expected) {
        List<String> differences = new ArrayList<>();
        Set<String> known = new HashSet<>();
        expected.get("files").properties().forEach(field -> {
            String path = field.getKey().substring(1);
            known.add(path);
            FinalFile file = actual.files().get(path);
            String found = file == null ? "nothing" : describe(file);
            String wanted = describe(field.getValue());
            if (!found.equals(wanted)) {
                differences.add("/" + path + " is " + found + "; expected is " + wanted);
            }
        });
        for (Map.Entry<String, FinalFile> entry : actual.files().entrySet()) {
            FinalFile before = base.files().get(entry.getKey());
            if (!known.contains(entry.getKey()) && (before == null || !before.looksLike(entry.getValue()))) {
                differences.add("/" + entry.getKey() + " is " + describe(entry.getValue()) + "; expected is "
                        + (before == null ? "nothing" : describe(before)));
            }
        }
        Set<String> removed = new HashSet<>();
        expected.path("removed").forEach(path -> removed.add(path.asText().substring(1)));
        for (String path : base.files().keySet()) {
            boolean gone = !actual.files().containsKey(path);
            if (gone != removed.contains(path) && !known.contains(path)) {
                differences.add("/" + path + (gone ? " is gone" : " is still there"));
            }
        }
        return differences;
    }

    private static String describe(FinalFile file) {
        String owner = " " + file.entry().uid() + ":" + file.entry().gid();
        String mode = " 0o" + Integer.toOctalString(file.entry().mode());
        return switch (file.entry().type()) {
            case DIRECTORY -> "dir" + mode + owner;
            case SYMLINK -> "symlink" + owner + " to " + file.entry().linkTarget();
            case FILE -> "file" + mode + owner + " " + file.entry().size() + " " + file.sha256();
            case FIFO -> "fifo" + mode + owner;
            default -> file.entry().type() + mode + owner;
        };
    }

    private static String describe(JsonNode file) {
        String type = file.get("type").asText();
        String owner = " " + file.get("uid").asLong() + ":" + file.get("gid").asLong();
        String mode = file.has("mode") ? " " + file.get("mode").asText() : "";
        String content = file.has("sha256")
                ? " " + file.get("size").asLong() + " " + file.get("sha256").asText()
                : "";
        String target = file.has("target") ? " to " + file.get("target").asText() : "";
        return type + mode + owner + content + target;
    }
}
