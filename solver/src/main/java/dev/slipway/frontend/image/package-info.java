/** The image config of an unfinished stage, with its environment and its history. */
@NullMarked
package dev.slipway.frontend.image;

import org.jspecify.annotations.NullMarked;
