/**
 * Stages: the base and the sources of each, which of them the target needs, and the result of each so far.
 *
 * <p>{@link dev.slipway.frontend.stage.TargetConverter} goes through them and hands each step to the converter of its
 * instruction, which sees only a {@link dev.slipway.frontend.stage.StepContext}.
 */
@NullMarked
package dev.slipway.frontend.stage;

import org.jspecify.annotations.NullMarked;
