package dev.slipway.frontend.source;

import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.graph.SourceNode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import java.util.Map;
import java.util.Optional;

/** An image of a registry. */
public final class ImageSource {

    private ImageSource() {}

    /**
     * The root of an image.
     *
     * @param reference its canonical reference, pinned or not
     * @param platform as asked for; not normalised, as in BuildKit
     * @param mode whether a registry is asked
     * @param metadata to which the capabilities are added
     */
    public static Root of(String reference, Platform platform, ResolveMode mode, Metadata metadata) {
        metadata.capability("source.image");
        Map<String, String> attributes = switch (mode) {
            case DEFAULT -> Map.of();
            case PULL -> {
                metadata.capability("source.image.resolvemode");
                yield Map.of("image.resolvemode", "pull");
            }
            case LOCAL -> Map.of("image.resolvemode", "local");
        };
        SourceOp op = SourceOp.of("docker-image://" + reference, attributes);
        return Root.of(new SourceNode(op, Optional.of(platform), metadata.build()));
    }
}
