package dev.slipway.sources;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.SourceAccess;
import dev.slipway.executor.SourceAccess.Network;
import dev.slipway.lock.Lock;
import dev.slipway.policy.SourcePolicy;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What holds for the sources of a build.
 *
 * @param policy what may be used, and what is used instead
 * @param lock what everything has to be
 * @param bundle where everything is that the lock names
 * @param network who may be asked
 */
public record SourceRules(
        Optional<SourcePolicy> policy, Optional<Lock> lock, Optional<Bundle> bundle, Network network) {

    /** Everything may be used, from everywhere. */
    public static final SourceRules NONE =
            new SourceRules(Optional.empty(), Optional.empty(), Optional.empty(), Network.ALL);

    public SourceRules {
        requireNonNull(policy, "policy is null");
        requireNonNull(lock, "lock is null");
        requireNonNull(bundle, "bundle is null");
        requireNonNull(network, "network is null");
    }

    /** What executors are told. Who can be asked is asked, so that it shows what has changed since it was locked. */
    public SourceAccess access() {
        boolean asks = network == Network.ALL;
        return new SourceAccess(
                network, asks || lock.isEmpty() ? new TreeMap<>() : lock.get().pins());
    }
}
