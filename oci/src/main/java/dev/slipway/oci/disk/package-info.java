/**
 * Real files on this machine's disk: what they are, how they get what an image says of them, how they are locked, copied and
 * removed. Nothing here knows of a store or of a layer's tree.
 *
 * <p>Whatever a system lacks is asked of {@link dev.slipway.oci.posix.SystemFiles} first, so that what needs no system calls
 * works everywhere.
 */
@NullMarked
package dev.slipway.oci.disk;

import org.jspecify.annotations.NullMarked;
