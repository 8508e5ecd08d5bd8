package dev.slipway.sources;

import dev.slipway.executor.BuildWork;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.SourceAccess.Network;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Vertex;
import dev.slipway.lock.Lock;
import dev.slipway.lock.LockedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the sources of a build with what was locked. */
final class LockCheck {

    private final Sources sources;
    private final Lock lock;
    private final boolean asks;
    private final List<SourceFinding> findings = new ArrayList<>();

    LockCheck(Sources sources, SourceRules rules) {
        this.sources = sources;
        this.lock = rules.lock().orElseThrow();
        this.asks = rules.network() == Network.ALL && rules.bundle().isEmpty();
    }

    List<SourceFinding> run(BuildWork work) throws InterruptedException {
        for (UsedImage image : sources.usedImages()) {
            problem(image)
                    .ifPresent(problem -> findings.add(new SourceFinding(
                            image.reference() + " for " + image.platformName() + " " + problem,
                            sources.locations(image))));
        }
        for (Vertex vertex : sources.remote()) {
            Optional<String> problem = problem(vertex, work);
            problem.ifPresent(text ->
                    findings.add(new SourceFinding(Sources.name(vertex) + " " + text, sources.locations(vertex))));
        }
        return findings;
    }

    private Optional<String> problem(UsedImage image) {
        LockedImage locked = lock.images().get(image.reference());
        if (locked == null) {
            return Optional.of("is not in the lock");
        }
        Digest wanted = locked.platforms().get(image.platformName());
        if (wanted == null) {
            return Optional.of("is not in the lock, but only for "
                    + String.join(", ", locked.platforms().keySet()));
        }
        if (image.resolved().isEmpty()) {
            return Optional.empty(); // Missing, which is said elsewhere.
        }
        ResolvedImage found = image.resolved().get();
        if (!found.digest().equals(locked.digest())) {
            return moved(locked.digest().toString(), found.digest().toString());
        }
        return found.manifest().filter(manifest -> !manifest.equals(wanted)).isPresent()
                ? moved(wanted.toString(), found.manifest().get().toString())
                : Optional.empty();
    }

    private Optional<String> problem(Vertex vertex, BuildWork work) throws InterruptedException {
        String name = Sources.name(vertex);
        String locked = lock.pins().get(name);
        if (locked == null) {
            return Optional.of("is not in the lock");
        }
        if (!asks) {
            return Optional.empty(); // The executor has been told what it has to be.
        }
        Optional<String> found = work.sourcePin(vertex);
        return found.filter(pin -> !pin.equals(locked)).flatMap(pin -> moved(locked, pin));
    }

    private static Optional<String> moved(String locked, String found) {
        return Optional.of("is " + found + " now, and " + locked + " in the lock");
    }
}
