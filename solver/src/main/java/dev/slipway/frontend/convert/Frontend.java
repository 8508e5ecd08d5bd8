package dev.slipway.frontend.convert;

import dev.slipway.frontend.Conversion;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.FrontendRequest;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.Outline;
import dev.slipway.frontend.context.ContextReads;
import dev.slipway.frontend.stage.TargetConverter;
import dev.slipway.llb.Definition;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Dockerfile;

/**
 * Converts Dockerfiles: one conversion for each platform, of a file that is parsed once. Conversions share nothing and may run
 * at the same time.
 */
public final class Frontend {

    private Frontend() {}

    /**
     * Converts a Dockerfile for one platform.
     *
     * @param images finds base images
     * @param checks where findings go. They are the same for all platforms of a build, so only the first platform needs to
     *     report them
     * @throws FrontendException if the file can't be converted, or if it asks that findings of checks fail the build
     */
    public static Conversion convert(
            Dockerfile dockerfile, FrontendRequest request, ImageResolver images, Checks checks) {
        return new TargetConverter(dockerfile, request, images, checks, StepConverter::new).convert();
    }

    /**
     * Runs the checks of a conversion without encoding its result.
     *
     * @param checks where findings go
     * @return the arguments, secrets and agents that the build asks for
     * @throws FrontendException as {@link #convert} does
     */
    public static Outline check(Dockerfile dockerfile, FrontendRequest request, ImageResolver images, Checks checks) {
        return new TargetConverter(dockerfile, request, images, checks, StepConverter::new).check();
    }

    /**
     * The definition of a context that is not a folder of the client, so that its Dockerfile can be read before it is
     * converted. The graph of the build contains the same vertices.
     *
     * @throws FrontendException if there is no such context
     */
    public static Definition definition(MainContext context) {
        return new ContextReads(context).definition();
    }
}
