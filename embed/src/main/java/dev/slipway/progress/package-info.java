/**
 * What a build reports while it runs. Events are values; a {@link dev.slipway.progress.Progress} does with them what it
 * likes, from printing lines to feeding a user interface.
 */
@NullMarked
package dev.slipway.progress;

import org.jspecify.annotations.NullMarked;
