package dev.slipway.context;

import java.util.List;
import java.util.SortedMap;

/** Paths of files in memory: relative, with slashes, and as every file system takes them. */
final class ContextFilePath {

    private static final List<String> NO_NAMES = List.of("", ".", "..");

    private ContextFilePath() {}

    /**
     * Refuses what is not the path of a file beside others.
     *
     * @throws IllegalArgumentException if it is none
     */
    static void check(String path, SortedMap<String, ?> others) {
        for (String name : path.split("/", -1)) {
            if (NO_NAMES.contains(name) || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "'" + path + "' is not the path of a file; write names with slashes between"
                                + " them, such as app/config.json");
            }
        }
        if (!others.subMap(path + "/", path + "0").isEmpty()) {
            throw new IllegalArgumentException(path + " is a folder of other files, and cannot be a file");
        }
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (others.containsKey(path.substring(0, end))) {
                throw new IllegalArgumentException(
                        path.substring(0, end) + " is a file, and cannot be a folder of " + path);
            }
        }
    }
}
