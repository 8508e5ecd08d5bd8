package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Bytes;
import java.nio.file.Path;

/** Where a request finds its Dockerfile, if it says so. */
sealed interface DockerfilePlace {

    /** A file of the client; in a context that is not the client's, a relative path leads to a file of the context. */
    record File(Path path) implements DockerfilePlace {

        public File {
            requireNonNull(path, "path is null");
        }
    }

    /** The Dockerfile itself. */
    record Text(Bytes content) implements DockerfilePlace {

        public Text {
            requireNonNull(content, "content is null");
        }
    }

    /** A file behind a URL. */
    record Address(String url) implements DockerfilePlace {

        public Address {
            requireNonNull(url, "url is null");
        }
    }
}
