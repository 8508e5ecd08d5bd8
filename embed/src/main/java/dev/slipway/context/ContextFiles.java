package dev.slipway.context;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files that are on no disk, to build from. It is immutable; each method returns a changed copy. In images these files have the
 * time 1970-01-01, so that equal files make equal images.
 *
 * <pre>{@code
 * ContextFiles files = ContextFiles.EMPTY
 *         .text("Dockerfile", "FROM scratch\nCOPY . /\n")
 *         .text("bin/start", "#!/bin/sh\n", 0755);
 * }</pre>
 *
 * <p>Paths are relative to the context, have slashes between their names, and may not lead out of it.
 */
public final class ContextFiles {

    /** No file at all. */
    public static final ContextFiles EMPTY = new ContextFiles(new TreeMap<>());

    private static final int MODE = 0644;
    private static final int MODES = 0777;

    private final SortedMap<String, Entry> files;

    private ContextFiles(SortedMap<String, Entry> files) {
        this.files = Collections.unmodifiableSortedMap(files);
    }

    /**
     * A file.
     *
     * @param content its bytes
     * @param mode its permission bits, such as {@code 0755}
     */
    public record Entry(Bytes content, int mode) {

        public Entry {
            requireNonNull(content, "content is null");
            if ((mode & ~MODES) != 0) {
                throw new IllegalArgumentException(
                        "the mode " + Integer.toOctalString(mode) + " has more than the permission bits, 0777");
            }
        }
    }

    /**
     * These files, with the mode 0644.
     *
     * @param files the content of each file by its path
     * @throws IllegalArgumentException if a path is invalid
     */
    public static ContextFiles of(Map<String, byte[]> files) {
        TreeMap<String, Entry> all = new TreeMap<>();
        requireNonNull(files, "files is null").forEach((path, content) -> {
            ContextFilePath.check(requireNonNull(path, "path is null"), all);
            all.put(path, new Entry(Bytes.of(requireNonNull(content, "content is null")), MODE));
        });
        return new ContextFiles(all);
    }

    /**
     * Adds or replaces a file, in UTF-8 and with the mode 0644.
     *
     * @throws IllegalArgumentException if the path is invalid, or is the folder of another file
     */
    public ContextFiles text(String path, String text) {
        return text(path, text, MODE);
    }

    /**
     * Adds or replaces a file, in UTF-8.
     *
     * @param mode its permission bits, such as {@code 0755}
     * @throws IllegalArgumentException if the path is invalid, or is the folder of another file
     */
    public ContextFiles text(String path, String text, int mode) {
        return plus(path, new Entry(Bytes.utf8(requireNonNull(text, "text is null")), mode));
    }

    /**
     * Adds or replaces a file, with the mode 0644.
     *
     * @throws IllegalArgumentException if the path is invalid, or is the folder of another file
     */
    public ContextFiles bytes(String path, byte[] content) {
        return bytes(path, content, MODE);
    }

    /**
     * Adds or replaces a file.
     *
     * @param mode its permission bits, such as {@code 0755}
     * @throws IllegalArgumentException if the path is invalid, or is the folder of another file
     */
    public ContextFiles bytes(String path, byte[] content, int mode) {
        return plus(path, new Entry(Bytes.of(requireNonNull(content, "content is null")), mode));
    }

    /**
     * Adds or replaces a file with the content of a resource of the class path or module path, and the mode 0644.
     *
     * @param beside a class of the resource's module, which the resource is beside unless its name begins with {@code /}
     * @param name of the resource
     * @throws IllegalArgumentException if there is no such resource, or the path makes no sense
     */
    public ContextFiles resource(String path, Class<?> beside, String name) {
        return bytes(path, Resources.read(beside, name));
    }

    private ContextFiles plus(String path, Entry file) {
        ContextFilePath.check(requireNonNull(path, "path is null"), files);
        SortedMap<String, Entry> more = new TreeMap<>(files);
        more.put(path, file);
        return new ContextFiles(more);
    }

    /** The files by their paths. */
    public SortedMap<String, Entry> entries() {
        return files;
    }

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof ContextFiles more && files.equals(more.files);
    }

    @Override
    public int hashCode() {
        return files.hashCode();
    }

    /** The number of files. */
    @Override
    public String toString() {
        return files.size() + (files.size() == 1 ? " file" : " files") + " in memory";
    }
}
