/** Recognizes archives. */
@NullMarked
package dev.slipway.executor.archive;

import org.jspecify.annotations.NullMarked;
