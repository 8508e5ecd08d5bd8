package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import java.util.Optional;

/**
 * An image that was looked up.
 *
 * @param name as the build names it: with a digest only if it does
 * @param platform whose image was wanted
 * @param digest what the name resolved to
 * @param layout whether it is in an OCI layout of the client
 */
public record ResolvedSource(ImageReference name, Optional<Platform> platform, Digest digest, boolean layout) {

    public ResolvedSource {
        requireNonNull(name, "name is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(digest, "digest is null");
    }

    Material material() {
        return Material.image(name, platform, digest, layout);
    }
}
