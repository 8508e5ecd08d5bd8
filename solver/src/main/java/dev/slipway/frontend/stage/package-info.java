/**
 * Stages: what each stands on and reads from, which of them the target needs, and what has become of each so far.
 *
 * <p>{@link dev.slipway.frontend.stage.TargetConverter} goes through them and hands each step to whoever converts its
 * instruction, who sees of all this what {@link dev.slipway.frontend.stage.StepContext} shows.
 */
@NullMarked
package dev.slipway.frontend.stage;

import org.jspecify.annotations.NullMarked;
