/** What those who wait for a build read of it: lines of the Dockerfile, the last words of a step, the writing of outputs. */
@NullMarked
package dev.slipway.report;

import org.jspecify.annotations.NullMarked;
