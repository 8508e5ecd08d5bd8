package dev.slipway;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.Output;
import dev.slipway.executor.SourceAccess.Network;
import dev.slipway.lock.Lock;
import dev.slipway.sources.Bundle;
import dev.slipway.sources.BundleReader;
import dev.slipway.sources.SourceFinding;
import dev.slipway.sources.SourceRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a request says of its sources. */
final class RequestRules {

    private RequestRules() {}

    static SourceRules of(BuildRequest request) {
        Optional<Bundle> bundle = request.bundle().map(BundleReader::read);
        Optional<Lock> lock = request.lock().or(() -> bundle.map(Bundle::lock));
        Network network = Network.ALL;
        if (request.isOffline()) {
            if (request.outputs().stream().anyMatch(RequestRules::isPushed)) {
                throw new BuildException("an offline build cannot push; write an OCI layout, and push that later");
            }
            if (hasRegistryCache(request)) {
                throw new BuildException("an offline build cannot use caches of registries; write type=local");
            }
            network = Network.NONE;
        } else if (request.pullPolicy() == PullPolicy.NEVER) {
            network = Network.NO_REGISTRY;
        }
        return new SourceRules(request.sourcePolicy(), lock, bundle, network);
    }

    private static boolean hasRegistryCache(BuildRequest request) {
        return request.cacheFrom().stream().anyMatch(cache -> cache.reference().isPresent())
                || request.cacheTo().stream()
                        .anyMatch(cache -> cache.reference().isPresent());
    }

    private static boolean isPushed(Output output) {
        return output.type().equals("registry") || output.flag("push", false);
    }

    /** Two Dockerfiles may lie in one folder. */
    static void checkDockerfile(Lock lock, String name) {
        if (!lock.dockerfile().equals(name)) {
            throw new BuildException("the lock is for " + lock.dockerfile() + ", and this is " + name
                    + "; give each its own with --lock-file");
        }
    }

    /** What executors are offered under these rules. */
    static BuildSession session(BuildSession session, SourceRules rules) {
        BuildSession ruled = session.with(rules.access());
        return rules.bundle()
                .map(bundle -> ruled.withLayout(Bundle.STORE, bundle.path()))
                .orElse(ruled);
    }

    /** All that is wrong with the sources, in one failure. */
    static BuildException failure(BuildRequest request, List<SourceFinding> findings) {
        String list = findings.stream().map(finding -> "\n  " + finding.text()).collect(Collectors.joining());
        String advice = request.isOffline() || request.pullPolicy() == PullPolicy.NEVER
                ? "build once with a network, or from a bundle that slipway lock --bundle has made"
                : "if that is what you want, run slipway lock";
        String what = request.isOffline() || request.pullPolicy() == PullPolicy.NEVER
                ? "sources are missing, and nobody may be asked for them"
                : "sources are not what was locked";
        return new BuildException(
                what + ":" + list + "\n" + advice,
                findings.stream()
                        .flatMap(finding -> finding.locations().stream())
                        .distinct()
                        .toList(),
                null);
    }
}
