package dev.slipway.frontend;

import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.llb.SourceOp;
import java.util.Collection;
import java.util.OptionalLong;

/** Finds base images. Nothing else that a conversion needs comes from outside. */
@FunctionalInterface
public interface ImageResolver {

    /**
     * The image's digest and config.
     *
     * @throws dev.slipway.executor.ExecutorException if there is no such image, or it cannot be read; the message is shown
     *     after the image's name
     */
    ResolvedImage resolve(ImageRequest request);

    /**
     * Announces the images that will be asked for, one after the other, so that a slow resolver can look up all of them at
     * once.
     */
    default void expect(Collection<ImageRequest> requests) {}

    /**
     * The age of a git repository or a file behind a URL, for a {@code SOURCE_DATE_EPOCH} that is taken from one: the time of
     * the commit, the server's {@code Last-Modified}, or the newest regular file of an archive.
     *
     * @return seconds since 1970; empty if the source does not tell its age
     */
    default OptionalLong time(SourceOp source) {
        return OptionalLong.empty();
    }
}
