/**
 * The Dockerfile frontend: turns a parsed Dockerfile into a build graph and an image config, for one platform at a time.
 *
 * <p>{@link dev.slipway.frontend.Frontend} is the way in. What it makes is equal to what BuildKit's frontend 1.26 makes, down
 * to the digest of every vertex; so are its messages and checks. It reads no files and asks nobody but the
 * {@link dev.slipway.frontend.ImageResolver} that it is given.
 */
package dev.slipway.frontend;
