package dev.slipway.oci.files;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The properties of a file, as text. */
public final class FileFields {

    private FileFields() {}

    /** Everything but its path and its time, by name: {@code type}, {@code mode}, {@code owner}, {@code content}, ... */
    public static Map<String, String> of(TreeFile file) {
        FileEntry entry = file.entry();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("type", type(entry.type()));
        if (entry.type() != EntryType.SYMLINK) {
            fields.put("mode", "0%03o".formatted(entry.mode()));
        }
        fields.put("owner", entry.uid() + ":" + entry.gid());
        if (!entry.linkTarget().isEmpty()) {
            fields.put("target", entry.linkTarget());
        }
        file.content().ifPresent(digest -> fields.put("content", digest + " " + entry.size()));
        if (entry.type() == EntryType.CHARACTER_DEVICE || entry.type() == EntryType.BLOCK_DEVICE) {
            fields.put("device", entry.deviceMajor() + ":" + entry.deviceMinor());
        }
        entry.xattrs()
                .forEach((name, value) ->
                        fields.put("xattr " + name, Digest.sha256(value.toArray()) + " " + value.length()));
        return fields;
    }

    /** The name of a type in lower case, such as {@code character device}. */
    public static String type(EntryType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
