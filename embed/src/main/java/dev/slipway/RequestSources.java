package dev.slipway;

import static java.util.Objects.requireNonNull;

import dev.slipway.context.ContextPlace;
import dev.slipway.lock.Lock;
import dev.slipway.policy.SourcePolicy;
import java.nio.file.Path;
import java.util.Optional;

/** What a request says of images, repositories and URLs: what they may be, and who may be asked for them. */
abstract sealed class RequestSources extends RequestSteps permits BuildRequest {

    RequestSources(ContextPlace context, RequestFields fields) {
        super(context, fields);
    }

    /** Asks registries for every base image, even where the store has one. */
    public final BuildRequest pull() {
        return pull(PullPolicy.ALWAYS);
    }

    /** Says when registries are asked for base images. */
    public final BuildRequest pull(PullPolicy policy) {
        return with(PULL, requireNonNull(policy, "policy is null"));
    }

    /** Lets a source policy say which sources may be used, and which are used in their place. */
    public final BuildRequest sourcePolicy(SourcePolicy policy) {
        return with(SOURCE_POLICY, Optional.of(requireNonNull(policy, "policy is null")));
    }

    /**
     * Builds although there is a {@code Dockerfile.rego} beside the Dockerfile. That is a policy of buildx, which Slipway cannot apply;
     * it refuses such a build otherwise.
     */
    public final BuildRequest withoutRegoPolicy() {
        return with(REGO_POLICY, false);
    }

    /**
     * Builds only if all images, repositories and URLs are what they were when they were locked. If one is not, or is not in the lock, the
     * build fails before its first step.
     */
    public final BuildRequest locked(Lock lock) {
        return with(LOCK, Optional.of(requireNonNull(lock, "lock is null")));
    }

    /**
     * Builds from the store, the lock and the bundle alone. Nobody is asked for anything, and steps have no network. If something is
     * missing, the build fails before its first step and says all that is missing.
     */
    public final BuildRequest offline() {
        return with(OFFLINE, true);
    }

    /**
     * Takes images, and the files of repositories and URLs, from a bundle where it has them. Its lock counts unless {@link #locked} gives
     * another one.
     *
     * @param layout the folder or tar archive that {@code slipway lock --bundle} wrote
     */
    public final BuildRequest bundle(Path layout) {
        return with(BUNDLE, Optional.of(requireNonNull(layout, "layout is null")));
    }
}
