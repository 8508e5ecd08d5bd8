package dev.slipway.oci.layer;

import dev.slipway.oci.InvalidImageException;
import java.util.ArrayList;
import java.util.List;

/** Cleans the names in archives, which are untrusted, and recognizes the names of whiteouts. */
final class LayerPath {

    static final String WHITEOUT = ".wh.";
    static final String OPAQUE = ".wh..wh..opq";
    /** Names that AUFS used internally in layers of Docker's first years. */
    private static final String AUFS = ".wh..wh.";

    /** The longest path of Linux, without the NUL at its end. */
    private static final int MAX_BYTES = 4095;

    private static final int SHOWN = 80;

    private LayerPath() {}

    /**
     * The name relative to the root: without slashes at the ends, empty parts and {@code .}; the root itself is empty.
     *
     * @throws InvalidImageException if it has a part {@code ..} or a NUL character
     */
    static String clean(String name) throws InvalidImageException {
        if (name.indexOf('\0') >= 0) {
            throw new InvalidImageException("a name in the archive has a NUL character: " + name.replace('\0', '?'));
        }
        if (name.isEmpty()) {
            throw new InvalidImageException("a member of the archive has no name");
        }
        requireShort(name);
        if (isClean(name)) {
            return name;
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw new InvalidImageException(
                        leadsOut(name)
                                ? "a name in the archive leads out of its folder: " + name
                                : "a name in the archive goes back up with \"..\", which no layer needs: " + name);
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /** @throws InvalidImageException if no file on Linux can have this path */
    static void requireShort(String path) throws InvalidImageException {
        // No character needs more than four bytes.
        if (path.length() > MAX_BYTES / 4 && UnixText.encode(path).length > MAX_BYTES) {
            throw new InvalidImageException("a path in the archive is longer than the " + MAX_BYTES
                    + " bytes that Linux takes: " + path.substring(0, SHOWN) + "...");
        }
    }

    private static boolean leadsOut(String name) {
        int depth = 0;
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                depth--;
            } else if (!part.isEmpty() && !part.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name is clean already, as nearly all are. */
    private static boolean isClean(String name) {
        char before = '/';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (before == '/' && (c == '/' || c == '.')) {
                return false;
            }
            before = c;
        }
        return before != '/';
    }

    /** Whether this was only for AUFS, and is ignored. */
    static boolean isAufs(String path) {
        String first = path.substring(0, path.indexOf('/') < 0 ? path.length() : path.indexOf('/'));
        return first.startsWith(AUFS) && !first.equals(OPAQUE);
    }

    static boolean isWhiteout(String path) {
        return baseName(path).startsWith(WHITEOUT);
    }

    /** Whether the path leads through a folder with the name of a whiteout. */
    static boolean isBelowWhiteout(String path) {
        return ("/" + parent(path)).contains("/" + WHITEOUT);
    }

    static boolean isOpaque(String path) {
        return baseName(path).equals(OPAQUE);
    }

    /**
     * The path that a whiteout deletes.
     *
     * @throws InvalidImageException if it would delete something in another folder
     */
    static String hidden(String path) throws InvalidImageException {
        String name = baseName(path).substring(WHITEOUT.length());
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.startsWith(WHITEOUT)) {
            throw new InvalidImageException("invalid whiteout in the layer: " + path);
        }
        return join(parent(path), name);
    }

    /** The name of the whiteout that deletes a path. */
    static String whiteout(String path) {
        return join(parent(path), WHITEOUT + baseName(path));
    }

    /** The name that marks a directory as opaque. */
    static String opaque(String directory) {
        return join(directory, OPAQUE);
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
