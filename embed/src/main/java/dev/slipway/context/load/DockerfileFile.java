package dev.slipway.context.load;

import dev.slipway.caller.RefusedException;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Dockerfile on this machine.
 *
 * @param name what messages call it
 * @param path where it is; empty for a text that is in no file
 * @param content its bytes
 */
record DockerfileFile(String name, Optional<Path> path, byte[] content) {

    /** What a Dockerfile is called unless it is given a name. */
    static final String NAME = "Dockerfile";

    /** The usual name, in lower case: for systems whose file names have no case, as BuildKit does it. */
    static final String LOWER_NAME = "dockerfile";

    /** The Dockerfile of a folder, if there is one. */
    static Optional<DockerfileFile> of(Path folder) {
        return read(folder.resolve(NAME), NAME).or(() -> read(folder.resolve(LOWER_NAME), LOWER_NAME));
    }

    /** The Dockerfile with a path in a folder that messages do not name. */
    static DockerfileFile in(Path folder, String path) {
        return read(folder.resolve(path), path)
                .orElseThrow(() -> new RefusedException("the Dockerfile does not exist in the context: " + path));
    }

    /** The Dockerfile that was named. */
    static DockerfileFile at(Path file) {
        return read(file, file.toString())
                .orElseThrow(() -> new RefusedException("the Dockerfile does not exist: " + file));
    }

    /** A Dockerfile that is in no file. */
    static DockerfileFile of(byte[] content) {
        return new DockerfileFile(NAME, Optional.empty(), content);
    }

    private static Optional<DockerfileFile> read(Path file, String name) {
        return LocalFiles.read(file).map(content -> new DockerfileFile(name, Optional.of(file), content));
    }

    /** The file as messages and steps refer to it. */
    SourceFile source() {
        return new SourceFile(name, "Dockerfile", Bytes.of(content));
    }
}
