package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;

/**
 * A program or shared library in a result.
 *
 * @param path absolute path
 * @param platform what it runs on; of processors whose files do not tell their variants, the least demanding one
 * @param content digest of its bytes
 */
public record ProgramFile(String path, Platform platform, Digest content) {

    public ProgramFile {
        requireNonNull(path, "path is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(content, "content is null");
    }
}
