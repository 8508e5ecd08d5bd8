package dev.slipway.frontend;

import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ResolvedImage;
import dev.slipway.llb.SourceOp;
import java.util.Collection;
import java.util.OptionalLong;

/** Finds base images: what a conversion asks of the world. */
@FunctionalInterface
public interface ImageResolver {

    /**
     * The image's digest and config.
     *
     * @throws dev.slipway.executor.ExecutorException if it can't be had; the message is shown after the image's name
     */
    ResolvedImage resolve(ImageRequest request);

    /**
     * Says which images will be asked for, one after the other, so that a resolver that waits for others can ask for all of
     * them at once.
     */
    default void expect(Collection<ImageRequest> requests) {}

    /**
     * The age of a git repository or a file behind a URL, for a {@code SOURCE_DATE_EPOCH} that is to be taken from one: the
     * time of the commit, the server's {@code Last-Modified}, or the newest regular file of an archive.
     *
     * @return seconds since 1970; empty if the source says nothing of its age
     */
    default OptionalLong time(SourceOp source) {
        return OptionalLong.empty();
    }
}
