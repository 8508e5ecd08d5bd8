/**
 * The Dockerfile frontend: turns a parsed Dockerfile into a build graph and an image config, for one platform at a time.
 *
 * <p>{@link dev.slipway.frontend.convert.Frontend} is the way in; here is what it takes and what it returns. What it makes is
 * equal to what BuildKit's frontend 1.26 makes, down to the digest of every vertex; so are its messages and checks. It reads
 * no files and asks nobody but the {@link dev.slipway.frontend.ImageResolver} that it is given.
 *
 * <p>The rooms, each of which knows only those behind it: {@code convert} has a converter for each instruction, {@code mount}
 * the mounts of RUN, {@code stage} the stages and what they need of each other, {@code image} their configs, {@code context}
 * where files come from. {@code check}, {@code source}, {@code graph}, {@code value} and {@code path} know none of them.
 */
@NullMarked
package dev.slipway.frontend;

import org.jspecify.annotations.NullMarked;
