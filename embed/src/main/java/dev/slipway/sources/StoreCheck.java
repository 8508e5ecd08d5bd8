package dev.slipway.sources;

import dev.slipway.executor.BuildWork;
import dev.slipway.executor.SourceAccess.Network;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for sources that neither the store nor a bundle has, where nobody may be asked for them. */
final class StoreCheck {

    private final Sources sources;
    private final SourceRules rules;
    private final List<SourceFinding> findings = new ArrayList<>();

    StoreCheck(Sources sources, SourceRules rules) {
        this.sources = sources;
        this.rules = rules;
    }

    List<SourceFinding> run(BuildWork work, Sources.Known known) throws InterruptedException {
        for (UsedImage image : sources.usedImages()) {
            Optional<String> missing = missing(image, work);
            missing.ifPresent(reason -> findings.add(new SourceFinding(
                    image.reference() + " for " + image.platformName() + ": " + reason, sources.locations(image))));
        }
        if (rules.network() == Network.NONE) {
            for (Vertex vertex : sources.remote()) {
                if (!isBundled(vertex)) {
                    Optional<String> missing = work.missing(vertex);
                    if (missing.isPresent() && !isKnown(vertex, known)) {
                        findings.add(new SourceFinding(
                                Sources.name(vertex) + ": " + missing.get(), sources.locations(vertex)));
                    }
                }
            }
        }
        return findings;
    }

    private Optional<String> missing(UsedImage image, BuildWork work) throws InterruptedException {
        if (image.resolved().isEmpty()) {
            return Optional.of("it is not in the store");
        }
        for (Vertex vertex : sources.vertices(image)) {
            Optional<String> missing = isBundled(vertex) ? Optional.empty() : work.missing(vertex);
            if (missing.isPresent()) {
                return missing;
            }
        }
        return Optional.empty();
    }

    private boolean isBundled(Vertex vertex) {
        return rules.bundle()
                .flatMap(bundle -> bundle.source((SourceOp) vertex.op()))
                .isPresent();
    }

    /** What it stands for may be unknown, and then its result is too. */
    private static boolean isKnown(Vertex vertex, Sources.Known known) throws InterruptedException {
        try {
            return known.has(vertex);
        } catch (dev.slipway.executor.ExecutorException e) {
            return false;
        }
    }
}
