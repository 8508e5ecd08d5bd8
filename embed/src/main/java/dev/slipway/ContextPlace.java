package dev.slipway;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Where a request finds the files of its build. */
sealed interface ContextPlace {

    /** A folder of the client. */
    record Folder(Path path) implements ContextPlace {

        public Folder {
            requireNonNull(path, "path is null");
        }
    }

    /** A git repository, or an archive or a Dockerfile behind a URL. */
    record Address(String url) implements ContextPlace {

        public Address {
            requireNonNull(url, "url is null");
        }
    }

    /** A file of the client with an archive or a Dockerfile in it. */
    record Input(Path file) implements ContextPlace {

        public Input {
            requireNonNull(file, "file is null");
        }
    }
}
