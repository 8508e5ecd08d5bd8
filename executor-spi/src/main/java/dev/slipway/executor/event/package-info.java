/**
 * What a build reports while it runs. Listeners receive {@link dev.slipway.executor.event.BuildEvent}s; the work on one step reports
 * through a {@link dev.slipway.executor.event.StepMonitor}.
 */
@NullMarked
package dev.slipway.executor.event;

import org.jspecify.annotations.NullMarked;
