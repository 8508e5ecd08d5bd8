/**
 * Layers: reading and writing the tar streams that hold the changes of a file system, and compressing them in one pass.
 *
 * <p>A layer is handled as entries, never as files, so that nothing here needs privileges or a POSIX file system. Names are
 * Unix paths with {@code /} on every system; a byte in one that is not UTF-8 survives, see
 * {@link dev.slipway.oci.layer.UnixText}.
 */
@NullMarked
package dev.slipway.oci.layer;

import org.jspecify.annotations.NullMarked;
