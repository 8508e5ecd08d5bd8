package dev.slipway.oci.layer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The members of a layer that Windows can use, as BuildKit writes them on Linux: all files lie in {@code Files}, beside an
 * empty registry in {@code Hives}; modes hold the kind of file; records contain what Windows needs, with permissions that let
 * administrators change files and users read them.
 */
final class WindowsMembers {

    private static final String FILES = "Files";
    private static final String REGISTRY = "Hives";

    private static final String CREATED = "LIBARCHIVE.creationtime";
    private static final String ATTRIBUTES = "MSWINDOWS.fileattr";
    private static final String PERMISSIONS = "MSWINDOWS.rawsd";

    private static final long FOLDER_MODE = 0040000;
    private static final String FOLDER_ATTRIBUTES = "16";
    /** O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CI;DC;;;BU). */
    private static final String FOLDER_PERMISSIONS =
            "AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgCoAAcA"
                    + "AAAAAxgA/wEfAAECAAAAAAAFIAAAACACAAAAAxQA/wEfAAEBAAAAAAAFEgAAAAAAGAD/AR8AAQIAAAAAAAUgAAAAIAIAAAALFAAAAAAQ"
                    + "AQEAAAAAAAMAAAAAAAMYAKkAEgABAgAAAAAABSAAAAAhAgAAAAIYAAQAAAABAgAAAAAABSAAAAAhAgAAAAIYAAIAAAABAgAAAAAABSAA"
                    + "AAAhAgAA";

    private static final long FILE_MODE = 0100000;
    private static final String FILE_ATTRIBUTES = "32";
    /** O:BAG:SYD:(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU). */
    private static final String FILE_PERMISSIONS =
            "AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgBMAAMAAA"
                    + "AAABgA/wEfAAECAAAAAAAFIAAAACACAAAAABQA/wEfAAEBAAAAAAAFEgAAAAAAGACpABIAAQIAAAAAAAUgAAAAIQIAAA==";

    private WindowsMembers() {}

    /** The first members of each layer. */
    static List<TarMember> first(Instant time) {
        return List.of(folder(REGISTRY, time), folder(FILES, time));
    }

    private static TarMember folder(String name, Instant time) {
        TarMember plain = new TarMember(name, '5', 0, 0, 0, 0, 0, time, "", 0, 0, Map.of());
        return with(plain, name, "", FOLDER_MODE, Map.of(ATTRIBUTES, FOLDER_ATTRIBUTES));
    }

    /** The member for an entry of a Linux layer, or for a whiteout there. */
    static TarMember of(TarMember plain) {
        String name = FILES + "/" + plain.name();
        String link = plain.linkName().isEmpty() ? "" : FILES + "/" + plain.linkName();
        return switch (plain.type()) {
            case '5' ->
                with(
                        plain,
                        name,
                        link,
                        FOLDER_MODE,
                        Map.of(ATTRIBUTES, FOLDER_ATTRIBUTES, PERMISSIONS, FOLDER_PERMISSIONS));
            case '0' ->
                with(plain, name, link, FILE_MODE, Map.of(ATTRIBUTES, FILE_ATTRIBUTES, PERMISSIONS, FILE_PERMISSIONS));
            default -> with(plain, name, link, 0, Map.of());
        };
    }

    private static TarMember with(
            TarMember plain, String name, String link, long kind, Map<String, String> windowsRecords) {
        Map<String, byte[]> records = new TreeMap<>(plain.records());
        windowsRecords.forEach((key, value) -> records.put(key, ascii(value)));
        // As in BuildKit: seconds, a point, and the number of nanoseconds without leading zeros. A layer has whole
        // seconds.
        records.put(CREATED, ascii(plain.modified().getEpochSecond() + ".0"));
        return new TarMember(
                name,
                plain.type(),
                plain.mode() | kind,
                plain.uid(),
                plain.gid(),
                plain.size(),
                plain.stored(),
                plain.modified(),
                link,
                plain.deviceMajor(),
                plain.deviceMinor(),
                records);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
