/**
 * The Dockerfile frontend: turns a parsed Dockerfile into a build graph and an image config, for one platform at a time.
 *
 * <p>{@link dev.slipway.frontend.convert.Frontend} is the way in; this package has its arguments and results. The results equal
 * those of BuildKit's frontend 1.26, down to the digest of every vertex; so do messages and checks. It reads no files, and gets
 * everything from outside through its {@link dev.slipway.frontend.ImageResolver}.
 *
 * <p>The packages, each of which uses only those after it: {@code convert} has a converter for each instruction, {@code mount}
 * the mounts of RUN, {@code stage} the stages and what they need of each other, {@code image} their configs, {@code context}
 * where files come from. {@code check}, {@code source}, {@code graph}, {@code value} and {@code path} use none of these.
 */
@NullMarked
package dev.slipway.frontend;

import org.jspecify.annotations.NullMarked;
