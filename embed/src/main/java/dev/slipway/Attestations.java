package dev.slipway;

import dev.slipway.attest.Provenance;
import dev.slipway.attest.make.ProvenanceMaker;
import dev.slipway.attest.make.ScannedImage;
import dev.slipway.attest.make.SlsaPredicate;
import dev.slipway.backend.Backend;
import dev.slipway.backend.Backend.Built;
import dev.slipway.backend.Share;
import dev.slipway.context.load.LoadedContext;
import dev.slipway.context.load.LocalContext;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.SbomScanner;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.output.Outputs;
import dev.slipway.progress.Progress;
import dev.slipway.provenance.BuildParameters;
import dev.slipway.provenance.BuildProvenance;
import dev.slipway.provenance.Invocation;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says about the images of a build what the request wants to have said. */
final class Attestations {

    private static final int ID_LENGTH = 25;
    private static final int ID_BITS = 129;

    private final BuildRequest request;
    private final AskedAttestations asked;
    private final Clock clock;
    private final Instant started;
    private final String id = newId();

    private Attestations(BuildRequest request, AskedAttestations asked, Clock clock) {
        this.request = request;
        this.asked = asked;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** The attestations of a build that begins now. */
    static Attestations of(BuildRequest request) {
        return new Attestations(request, AskedAttestations.of(request), Clock.systemUTC());
    }

    /** Refuses outputs that have no room for them. */
    void checkPlaces() {
        if (areWanted()) {
            request.outputs().forEach(Outputs::checkAttestations);
        }
    }

    /** Whether anything is said at all. */
    boolean areWanted() {
        return !asked.isEmpty();
    }

    /** Refuses to build from what nobody will be able to name, if all has to be named. */
    void check(BuildGraph graph, LoadedContext context) {
        if (asked.provenance().filter(Provenance::completeMaterials).isEmpty()) {
            return;
        }
        boolean usesFolder = graph.steps().stream()
                .anyMatch(step -> step.vertex().op() instanceof SourceOp source
                        && source.scheme().equals("local"));
        if (usesFolder || !context.hasOwnDockerfile()) {
            throw new BuildException(
                    "provenance materials are incomplete: the build uses a folder of this machine, whose"
                            + " content nobody can look up; build from a git repository, or leave complete-materials out");
        }
    }

    /**
     * What was made for a platform.
     *
     * @param conversion what the Dockerfile means for it
     * @param images all that were looked up for the build
     * @param share the part of the build to which it belongs
     * @param backend who made it
     * @param built what came of the share
     */
    record Made(
            Conversion conversion,
            Map<ImageRequest, ResolvedImage> images,
            Share share,
            Backend backend,
            Built built) {}

    /** What is said about the image of a platform. */
    List<Attestation> of(Platform platform, Made made, LocalContext local, LoadedContext context, Progress progress)
            throws InterruptedException {
        Definition definition = made.share.graph().definition(platform);
        Instant finished = clock.instant();
        List<Attestation> all = new ArrayList<>();
        if (made.conversion.scan().isPresent()) {
            Definition scan = settled(made.conversion.scan().get(), definition);
            all.addAll(ScannedImage.read(made.backend.fetch(scan, progress)));
        }
        // As in BuildKit, nothing is said of how an image without files was made.
        if (asked.provenance().isEmpty() || definition.result().isEmpty()) {
            return all;
        }
        Provenance wanted = asked.provenance().get();
        BuildParameters parameters = new BuildParameters(
                FrontendArguments.of(request, platform, local.named()),
                local.address(),
                Optional.of(context.file().name()));
        BuildProvenance provenance = new ProvenanceMaker(wanted, context, made.images)
                .make(
                        definition,
                        asked.scanner().map(SbomScanner::image),
                        parameters,
                        new Invocation(id, started, finished, Platform.host()),
                        made.backend,
                        made.built);
        SlsaPredicate predicate = new SlsaPredicate(provenance, wanted.version());
        all.add(new Attestation(predicate.type(), wanted.fileName(), wanted.inlineOnly(), List.of(), predicate));
        return all;
    }

    /** What has just been built is not built once more, even if earlier results are ignored. */
    private static Definition settled(Definition scan, Definition built) {
        Set<Digest> done = built.vertices().stream().map(Vertex::digest).collect(Collectors.toSet());
        List<Vertex> vertices = scan.vertices().stream()
                .map(vertex -> done.contains(vertex.digest()) ? vertex.withMetadata(cached(vertex.metadata())) : vertex)
                .toList();
        return Definition.of(scan.result().orElseThrow(), vertices);
    }

    private static VertexMetadata cached(VertexMetadata metadata) {
        return new VertexMetadata(
                metadata.description(),
                false,
                metadata.capabilities(),
                metadata.progressGroup(),
                metadata.linuxResources(),
                metadata.locations());
    }

    /** As BuildKit's: 25 letters and digits by chance. */
    private static String newId() {
        String digits = new BigInteger(ID_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
        return "0".repeat(Math.max(0, ID_LENGTH - digits.length())) + digits;
    }
}
