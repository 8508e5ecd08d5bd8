package dev.slipway.backend;

import dev.slipway.foreign.ForeignPrograms;

/**
 * Programs in an image that its platform does not run.
 *
 * @param warn tells whoever hears of the step that made them
 */
public record ForeignFinding(ForeignPrograms programs, Runnable warn) {}
