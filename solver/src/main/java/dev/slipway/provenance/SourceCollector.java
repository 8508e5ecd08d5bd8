package dev.slipway.provenance;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what a build took from outside, from its definition and from what its sources resolved to. */
public final class SourceCollector {

    private static final String DEFAULT_AGENT = "default";

    private final Pins pins;
    private final SortedMap<String, Material> images = new TreeMap<>();
    private final SortedMap<String, Material> repositories = new TreeMap<>();
    private final SortedMap<String, Material> files = new TreeMap<>();
    private final SortedSet<String> locals = new TreeSet<>();
    private final SortedMap<String, Boolean> secrets = new TreeMap<>();
    private final SortedMap<String, Boolean> agents = new TreeMap<>();
    private boolean network;

    /** Resolves sources. */
    @FunctionalInterface
    public interface Pins {

        /** The digest of an image or a file, or the commit of a repository; empty if unknown. */
        Optional<String> of(Vertex source) throws InterruptedException;
    }

    public SourceCollector(Pins pins) {
        this.pins = pins;
    }

    /** Adds a folder of the client. */
    public SourceCollector local(String name) {
        locals.add(name);
        return this;
    }

    /** Adds an image that was looked up. An image of the graph that is named by this one's digest alone is the same. */
    public SourceCollector image(ResolvedSource image) {
        ImageReference pinned = image.name().withDigest(image.digest());
        images.put(key(pinned, image.platform().map(it -> it.normalized().formatAll())), image.material());
        return this;
    }

    /** Adds everything that is in a definition. */
    public SourceCollector definition(Definition definition) throws InterruptedException {
        for (Vertex vertex : definition.vertices()) {
            if (vertex.op() instanceof SourceOp source) {
                source(vertex, source);
            } else if (vertex.op() instanceof ExecOp process) {
                process(process);
            }
        }
        return this;
    }

    private void source(Vertex vertex, SourceOp source) throws InterruptedException {
        switch (source.scheme()) {
            case "docker-image" -> image(vertex, source, false);
            case "oci-layout" -> image(vertex, source, true);
            case "local" -> locals.add(source.address());
            case "git" -> repository(vertex, source);
            case "http", "https" ->
                pin(vertex)
                        .ifPresent(digest -> files.put(
                                source.identifier(), Material.http(source.identifier(), Digest.parse(digest))));
            default -> throw new IllegalArgumentException("unknown source " + source.identifier());
        }
    }

    private Optional<String> pin(Vertex vertex) throws InterruptedException {
        return pins.of(vertex);
    }

    private void image(Vertex vertex, SourceOp source, boolean layout) throws InterruptedException {
        ImageReference name = ImageReference.parse(source.address());
        Optional<Digest> digest = name.digest();
        if (digest.isEmpty()) {
            digest = pin(vertex).map(Digest::parse);
        }
        if (digest.isPresent()) {
            images.putIfAbsent(
                    key(
                            name.withDigest(digest.get()),
                            vertex.platform().map(it -> it.normalized().formatAll())),
                    new ResolvedSource(name, vertex.platform(), digest.get(), layout).material());
        }
    }

    /** Sorts as BuildKit does, by name first. */
    private static String key(ImageReference pinned, Optional<String> platform) {
        return pinned + "\n" + platform.orElse("");
    }

    private void repository(Vertex vertex, SourceOp source) throws InterruptedException {
        SortedMap<String, String> attributes = source.attributes();
        for (String secret : List.of("git.authtokensecret", "git.authheadersecret")) {
            Optional.ofNullable(attributes.get(secret)).ifPresent(id -> need(secrets, id, true));
        }
        Optional.ofNullable(attributes.get("git.mountsshsock")).ifPresent(id -> need(agents, id, true));
        Optional<String> commit = pin(vertex);
        if (commit.isPresent()) {
            String url = GitUrl.of(source);
            repositories.put(url, Material.git(url, commit.get()));
        }
    }

    private void process(ExecOp process) {
        for (Mount mount : process.mounts()) {
            if (mount.kind() instanceof Mount.Secret secret) {
                need(secrets, secret.file().id(), secret.file().optional());
            } else if (mount.kind() instanceof Mount.Ssh ssh) {
                String id = ssh.file().id();
                need(agents, id.isEmpty() ? DEFAULT_AGENT : id, ssh.file().optional());
            }
        }
        process.secretEnvironment().forEach(secret -> need(secrets, secret.id(), secret.optional()));
        network |= process.network() != ExecOp.NetworkMode.NONE;
    }

    /** It is optional if no step requires it. */
    private static void need(SortedMap<String, Boolean> needs, String id, boolean optional) {
        needs.merge(id, optional, Boolean::logicalAnd);
    }

    /** What was found. */
    public Sources sources() {
        List<Material> materials = new ArrayList<>(images.values());
        materials.addAll(repositories.values());
        materials.addAll(files.values());
        return new Sources(materials, locals, secrets, agents, network);
    }
}
