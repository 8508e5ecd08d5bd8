package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Platform;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an image's digest and config.
 *
 * @param reference a normalised reference with tag or digest, such as {@code docker.io/library/alpine:3.22}; for an image in
 *     a layout, only its tag or digest matters
 * @param platform the platform wanted
 * @param layout the name of an OCI layout of the session to search instead of a registry
 * @param mode whether to ask a registry
 */
public record ImageRequest(String reference, Platform platform, Optional<String> layout, ResolveMode mode) {

    public ImageRequest {
        requireNonNull(reference, "reference is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(layout, "layout is null");
        requireNonNull(mode, "mode is null");
    }

    // Not left to the compiler: what it makes is linked at run time, which delays each start of the command.

    @Override
    @SuppressWarnings("exports") // The annotation is optional for callers, and so is its module.
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageRequest request
                && reference.equals(request.reference)
                && platform.equals(request.platform)
                && layout.equals(request.layout)
                && mode == request.mode;
    }

    @Override
    public int hashCode() {
        return 31 * reference.hashCode() + platform.hashCode();
    }

    /** Whether to ask a registry. */
    public enum ResolveMode {
        /** As the executor is configured. */
        DEFAULT,
        /** Always ask the registry. */
        PULL,
        /** Prefer what the store has. */
        LOCAL
    }
}
