/**
 * Images as values: what an executor gives for a platform is a {@link dev.slipway.executor.image.BuiltImage}, out of which outputs
 * are written by others. All of it is lazy: nobody pays for what is not asked for.
 */
package dev.slipway.executor.image;
