package dev.slipway.sources;

import dev.slipway.executor.BuildSession;
import dev.slipway.executor.BuildWork;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.SourceAccess.Network;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.graph.SourceReplacement;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Edge;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sources of one build, by its rules. */
public final class Sources {

    private final SourceRules rules;
    private final List<SourceImages> images = new ArrayList<>();
    private final Map<Digest, Vertex> vertices = new LinkedHashMap<>();
    private final Map<Digest, Set<SourceLocation>> locations = new HashMap<>();

    public Sources(SourceRules rules) {
        this.rules = rules;
    }

    /** Looks images up by the rules. */
    public synchronized ImageResolver images(ImageResolver resolver) {
        SourceImages ruled = new SourceImages(rules, resolver);
        images.add(ruled);
        return ruled;
    }

    /**
     * The definition with the sources that the rules allow or put in their place.
     *
     * @throws ExecutorException if one is not allowed
     */
    public synchronized Definition apply(Definition definition) {
        Definition allowed = rules.policy()
                .map(policy -> SourceReplacement.apply(definition, source -> {
                    try {
                        return policy.apply(source);
                    } catch (ExecutorException e) {
                        throw new ExecutorException("error evaluating the source policy: " + e.getMessage(), e);
                    }
                }))
                .orElse(definition);
        note(allowed);
        return rules.bundle()
                .map(bundle -> SourceReplacement.apply(
                        allowed, source -> bundle.source(source).orElse(source)))
                .orElse(allowed);
    }

    /** What is fetched has no place of its own, but that of what uses it. */
    private void note(Definition definition) {
        for (Vertex vertex : definition.vertices()) {
            if (vertex.op() instanceof SourceOp) {
                vertices.putIfAbsent(vertex.digest(), vertex);
                note(vertex, vertex);
            }
            vertex.inputs().stream()
                    .map(Edge::vertex)
                    .filter(input -> input.op() instanceof SourceOp
                            && input.metadata().locations().isEmpty())
                    .forEach(input -> note(input, vertex));
        }
    }

    private void note(Vertex source, Vertex place) {
        locations
                .computeIfAbsent(source.digest(), digest -> new LinkedHashSet<>())
                .addAll(place.metadata().locations());
    }

    /** Whether an image was asked for that is missing where nobody may be asked. */
    public boolean isImageMissing() {
        return usedImages().stream().anyMatch(image -> image.resolved().isEmpty());
    }

    /** What is used of registries. */
    synchronized List<UsedImage> usedImages() {
        return images.stream()
                .flatMap(found -> found.used().stream())
                .distinct()
                .toList();
    }

    /** What is fetched from repositories and URLs: each vertex once, as it is without a bundle. */
    synchronized List<Vertex> remote() {
        return vertices.values().stream()
                .filter(vertex -> isRemote((SourceOp) vertex.op()))
                .toList();
    }

    private static boolean isRemote(SourceOp source) {
        return switch (source.scheme()) {
            case "git" -> true;
            case "http", "https" -> !source.identifier().startsWith(BuildSession.UPLOADS);
            default -> false;
        };
    }

    /** How messages and locks call a source. */
    static String name(Vertex vertex) {
        return UrlCredentials.redact(((SourceOp) vertex.op()).identifier());
    }

    /**
     * All that is wrong with the sources, once everything has been converted: what is not as it was locked, or is missing where nobody
     * may be asked.
     *
     * @param work of the executor that looks sources up
     * @param known whether the executor has the result of a source already
     */
    public List<SourceFinding> check(BuildWork work, Known known) throws InterruptedException {
        List<SourceFinding> findings = new ArrayList<>();
        if (rules.lock().isPresent()) {
            findings.addAll(new LockCheck(this, rules).run(work));
        }
        if (rules.network() != Network.ALL) {
            findings.addAll(new StoreCheck(this, rules).run(work, known));
        }
        return findings.stream().distinct().toList();
    }

    /** Where in the Dockerfile an image is used. */
    synchronized List<SourceLocation> locations(UsedImage image) {
        return vertices.values().stream()
                .filter(vertex -> image.is((SourceOp) vertex.op()))
                .flatMap(vertex -> locations(vertex).stream())
                .distinct()
                .toList();
    }

    /** Where in the Dockerfile a source is used. */
    synchronized List<SourceLocation> locations(Vertex source) {
        return List.copyOf(locations.getOrDefault(source.digest(), Set.of()));
    }

    /** The vertices of an image for its platform. */
    synchronized Collection<Vertex> vertices(UsedImage image) {
        return vertices.values().stream()
                .filter(vertex -> image.is((SourceOp) vertex.op())
                        && vertex.platform()
                                .filter(platform -> platform.normalized()
                                        .equals(image.platform().normalized()))
                                .isPresent())
                .toList();
    }

    /** Whether the executor has the result of a source already. */
    public interface Known {
        boolean has(Vertex source) throws InterruptedException;
    }
}
