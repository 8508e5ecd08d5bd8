package dev.slipway;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.parser.tree.Dockerfile;
import java.util.Map;
import java.util.Optional;

/** The image that a Dockerfile names as its frontend, which others than Slipway would run. */
final class FrontendImages {

    /** The build argument that counts more than the Dockerfile's own word. */
    private static final String ARGUMENT = "BUILDKIT_SYNTAX";

    private FrontendImages() {}

    /** The digest of the frontend by its reference; nothing if none is named. */
    static Map<String, Digest> of(Dockerfile dockerfile, Map<String, String> buildArgs, ImageResolver images) {
        Optional<String> reference = reference(dockerfile, buildArgs);
        if (reference.isEmpty()) {
            return Map.of();
        }
        try {
            ImageRequest request =
                    new ImageRequest(reference.get(), Platform.host(), Optional.empty(), ResolveMode.DEFAULT);
            return Map.of(reference.get(), images.resolve(request).digest());
        } catch (ExecutorException e) {
            throw new ExecutorException("cannot lock the frontend of # syntax=: " + e.getMessage(), e);
        }
    }

    /** The normalised name of the frontend. */
    static Optional<String> reference(Dockerfile dockerfile, Map<String, String> buildArgs) {
        return Optional.ofNullable(buildArgs.get(ARGUMENT))
                .or(() -> dockerfile.directives().stream()
                        .filter(directive -> directive.name().equals("syntax"))
                        .map(directive -> directive.firstWord())
                        .findFirst())
                .filter(name -> !name.isEmpty())
                .map(name -> ImageReference.parse(name).withDefaultTag().toString());
    }
}
