package dev.slipway.context;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Bytes;
import java.nio.file.Path;

/** Where the Dockerfile is, if it is not in its usual place in the context. */
public sealed interface DockerfilePlace {

    /**
     * A Dockerfile of the class path or module path, which is read now.
     *
     * @param beside a class of the Dockerfile's module, which it is beside unless its name begins with {@code /}; in a named
     *     module, a package that it is in has to be open to Slipway's
     * @param name such as {@code /docker/Dockerfile}
     * @throws IllegalArgumentException if it is not there
     */
    static DockerfilePlace resource(Class<?> beside, String name) {
        return new Text(Bytes.of(Resources.read(beside, name)));
    }

    /**
     * A file.
     *
     * @param path of the client; in a context that is not a folder of the client's, a relative path leads to a file of the context
     */
    record File(Path path) implements DockerfilePlace {

        public File {
            requireNonNull(path, "path is null");
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * The Dockerfile itself.
     *
     * @param content its bytes
     */
    record Text(Bytes content) implements DockerfilePlace {

        public Text {
            requireNonNull(content, "content is null");
        }

        @Override
        public String toString() {
            return content.length() + " bytes in memory";
        }
    }

    /**
     * A file behind a URL.
     *
     * @param url with http or https
     */
    record Address(String url) implements DockerfilePlace {

        public Address {
            requireNonNull(url, "url is null");
        }

        /** Without credentials. */
        @Override
        public String toString() {
            return UrlCredentials.redact(url);
        }
    }
}
