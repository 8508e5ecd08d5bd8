/**
 * The way in, and one converter for each instruction.
 *
 * <p>A converter turns an instruction into nodes of the graph, changes of the image config and an entry of the history. COPY and
 * ADD share what they do with a {@code TransferConverter}, and have a class for each kind of source.
 */
@NullMarked
package dev.slipway.frontend.convert;

import org.jspecify.annotations.NullMarked;
