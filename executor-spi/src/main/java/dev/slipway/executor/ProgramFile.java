package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;

/**
 * A program or shared library in a result.
 *
 * @param path an absolute path
 * @param platform the platform that it runs on; where files do not show the variant of the processor, the least demanding one
 * @param content the digest of its bytes
 */
public record ProgramFile(String path, Platform platform, Digest content) {

    public ProgramFile {
        requireNonNull(path, "path is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(content, "content is null");
    }
}
