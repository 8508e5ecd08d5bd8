package dev.slipway;

import java.nio.file.Path;

/** What the name of a build context stands for, as a request has it. */
sealed interface NamedPlace {

    /** What the command line has behind {@code NAME=}. */
    record Text(String value) implements NamedPlace {

        @Override
        public String toString() {
            return value;
        }
    }

    /** A folder, on any file system. */
    record Folder(Path path) implements NamedPlace {

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
