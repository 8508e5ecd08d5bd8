/**
 * What a build reports while it runs: {@link dev.slipway.executor.event.BuildEvent} is what a reader hears, {@link
 * dev.slipway.executor.event.StepMonitor} is how the work on one step speaks.
 */
package dev.slipway.executor.event;
