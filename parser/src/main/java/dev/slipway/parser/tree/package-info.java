/**
 * The tree of a Dockerfile: stages and one record per instruction.
 *
 * <p>All values are immutable and hold words as they were written: no variable is expanded. Text may hold bytes that are not
 * UTF-8, see {@link dev.slipway.parser.text.LosslessUtf8}.
 */
@NullMarked
package dev.slipway.parser.tree;

import org.jspecify.annotations.NullMarked;
