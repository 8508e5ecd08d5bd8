package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.frontend.MainContext;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.Set;

/**
 * The Dockerfile, with the files that it speaks of.
 *
 * @param file the Dockerfile
 * @param main the main context, as the frontend wants it
 * @param fetched the vertices that were made to get at the Dockerfile
 */
record LoadedContext(SourceFile file, MainContext main, Set<Digest> fetched) {

    LoadedContext {
        requireNonNull(file, "file is null");
        requireNonNull(main, "main is null");
        fetched = Set.copyOf(requireNonNull(fetched, "fetched is null"));
    }
}
