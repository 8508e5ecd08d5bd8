/**
 * Images as values. For each platform, an executor returns a {@link dev.slipway.executor.image.BuiltImage}, and Slipway writes the
 * outputs from it. All of it is lazy: nobody pays for what they do not use.
 */
@NullMarked
package dev.slipway.executor.image;

import org.jspecify.annotations.NullMarked;
