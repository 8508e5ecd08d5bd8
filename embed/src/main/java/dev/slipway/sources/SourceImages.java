package dev.slipway.sources;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.executor.SourceAccess.Network;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceOp;
import dev.slipway.oci.json.JsonWriter;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Base images by the rules of the build. If nobody may be asked, an image that is missing is noted, and the conversion goes on with one
 * that is made up, so that all that is missing is known at its end.
 */
final class SourceImages implements ImageResolver {

    private static final String IMAGE = "docker-image://";
    private static final String LAYOUT = "oci-layout://";

    private final SourceRules rules;
    private final ImageResolver images;
    private final Set<UsedImage> used = new LinkedHashSet<>();

    SourceImages(SourceRules rules, ImageResolver images) {
        this.rules = rules;
        this.images = images;
    }

    @Override
    public ResolvedImage resolve(ImageRequest request) {
        ImageRequest allowed = policed(request);
        if (allowed.layout().isPresent()) {
            return images.resolve(allowed);
        }
        Optional<ResolvedImage> found = find(allowed);
        note(new UsedImage(allowed.reference(), allowed.platform(), found));
        return found.orElseGet(() -> standIn(allowed));
    }

    private synchronized void note(UsedImage image) {
        used.add(image);
    }

    /** The images that were asked for, in no particular order. */
    synchronized List<UsedImage> used() {
        return List.copyOf(used);
    }

    private Optional<ResolvedImage> find(ImageRequest request) {
        Optional<ImageRequest> bundled = rules.bundle().flatMap(bundle -> bundle.image(request));
        if (bundled.isPresent()) {
            ResolvedImage found = images.resolve(bundled.get());
            return Optional.of(
                    new ResolvedImage(request.reference(), found.digest(), found.config(), found.manifest()));
        }
        try {
            return Optional.of(images.resolve(request));
        } catch (ImageNotFoundException e) {
            if (rules.network() == Network.ALL) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** An image with a layer, so that it is not taken for none. */
    private static ResolvedImage standIn(ImageRequest request) {
        Platform platform = request.platform();
        Digest digest = Digest.sha256("missing " + request.reference());
        String config = JsonWriter.compact()
                .startObject()
                .member("architecture", platform.architecture())
                .member("os", platform.os())
                .startObject("rootfs")
                .member("type", "layers")
                .member("diff_ids", List.of(digest.toString()))
                .endObject()
                .endObject()
                .toString();
        return new ResolvedImage(request.reference(), digest, Bytes.utf8(config));
    }

    private ImageRequest policed(ImageRequest request) {
        if (rules.policy().isEmpty()) {
            return request;
        }
        String scheme = request.layout().isPresent() ? LAYOUT : IMAGE;
        Map<String, String> store =
                request.layout().map(name -> Map.of("oci.store", name)).orElse(Map.of());
        SourceOp asked = SourceOp.of(scheme + request.reference(), new TreeMap<>(store));
        SourceOp given;
        try {
            given = rules.policy().get().apply(asked);
        } catch (ExecutorException e) {
            throw new ExecutorException("could not resolve image due to policy: " + e.getMessage(), e);
        }
        if (given.equals(asked)) {
            return request;
        }
        if (!given.identifier().startsWith(IMAGE)) {
            throw new ExecutorException("the source policy replaces " + asked.identifier() + " by " + given.identifier()
                    + ", which is no image of a registry; let it name one");
        }
        return new ImageRequest(given.address(), request.platform(), Optional.empty(), request.mode());
    }

    /** What is replaced or bundled is asked for when it is needed. */
    @Override
    public void expect(Collection<ImageRequest> requests) {
        if (rules.policy().isEmpty() && rules.bundle().isEmpty()) {
            images.expect(requests);
        }
    }

    @Override
    public OptionalLong time(SourceOp source) {
        SourceOp allowed = rules.policy().map(policy -> policy.apply(source)).orElse(source);
        return images.time(
                rules.bundle().flatMap(bundle -> bundle.source(allowed)).orElse(allowed));
    }
}
