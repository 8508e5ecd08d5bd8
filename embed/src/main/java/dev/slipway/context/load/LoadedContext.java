package dev.slipway.context.load;

import static java.util.Objects.requireNonNull;

import dev.slipway.frontend.MainContext;
import dev.slipway.llb.SourceLocation.SourceFile;

/**
 * The Dockerfile, with the files that it speaks of.
 *
 * @param file the Dockerfile
 * @param main the main context, as the frontend wants it
 * @param hasOwnDockerfile whether the Dockerfile comes with a context that is not the client's
 */
public record LoadedContext(SourceFile file, MainContext main, boolean hasOwnDockerfile) {

    public LoadedContext {
        requireNonNull(file, "file is null");
        requireNonNull(main, "main is null");
    }
}
