/**
 * The image config of a stage on its way, with its environment and its history.
 */
@NullMarked
package dev.slipway.frontend.image;

import org.jspecify.annotations.NullMarked;
