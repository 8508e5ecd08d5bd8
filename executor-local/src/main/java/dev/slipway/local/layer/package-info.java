/**
 * What a root filesystem holds, as values: trees of nodes without any file of this machine behind them. A layer is such a tree
 * with gaps and whiteouts in it, a root is what layers show when they lie over each other.
 *
 * <p>Trees are immutable and share what they have in common, so that a root costs no more than the layer that it adds.
 * {@link dev.slipway.local.layer.DraftDirectory} is the one that can be changed; {@link dev.slipway.local.layer.LayerDiff} makes
 * a layer of its changes.
 */
@NullMarked
package dev.slipway.local.layer;

import org.jspecify.annotations.NullMarked;
