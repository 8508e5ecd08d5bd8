package dev.slipway.sources;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Digest;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.lock.Lock;
import dev.slipway.lock.LockedImage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An OCI layout with all that a lock names: base images as they are, and of repositories and URLs the files, as images of one layer.
 *
 * @param path the layout: a folder or an archive
 * @param lock what it was made for
 * @param sources manifests of the files of repositories and URLs, by the digest of their op
 */
public record Bundle(Path path, Lock lock, Map<Digest, Digest> sources) {

    /** The name of the layout in a session. */
    public static final String STORE = "slipway-bundle";

    /** What images of files are called: they have no name of their own. */
    private static final String FILES = "slipway.invalid/files@";

    public Bundle {
        sources = Map.copyOf(sources);
    }

    /** What to ask for instead of an image of a registry, if it is here for this platform. */
    Optional<ImageRequest> image(ImageRequest request) {
        LockedImage locked = lock.images().get(request.reference());
        String platform = request.platform().normalized().formatAll();
        return locked == null || !locked.platforms().containsKey(platform)
                ? Optional.empty()
                : Optional.of(new ImageRequest(
                        pinned(request.reference(), locked), request.platform(), Optional.of(STORE), request.mode()));
    }

    private static String pinned(String reference, LockedImage locked) {
        return ImageReference.parse(reference).withDigest(locked.digest()).toString();
    }

    /** What takes the place of a source, if it is here. */
    Optional<SourceOp> source(SourceOp source) {
        if (source.scheme().equals("docker-image")) {
            String reference = source.address();
            int at = reference.indexOf('@');
            LockedImage locked = lock.images().get(reference);
            if (locked == null && at > 0) {
                reference = reference.substring(0, at);
                locked = lock.images().get(reference);
            }
            return locked == null || at > 0 && !source.identifier().endsWith("@" + locked.digest())
                    ? Optional.empty()
                    : Optional.of(layout(pinned(reference, locked)));
        }
        return Optional.ofNullable(sources.get(key(source))).map(manifest -> layout(FILES + manifest));
    }

    private static SourceOp layout(String reference) {
        return SourceOp.of("oci-layout://" + reference, Map.of("oci.store", STORE));
    }

    /** What tells sources apart: everything but credentials and what checks them. */
    static Digest key(SourceOp source) {
        TreeMap<String, String> attributes = new TreeMap<>();
        source.attributes().forEach((name, value) -> attributes.put(name, UrlCredentials.redact(value)));
        SourceOp shown = new SourceOp(UrlCredentials.redact(source.identifier()), attributes);
        return Vertex.digest(shown, Optional.empty());
    }
}
