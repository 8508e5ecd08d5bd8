/**
 * Real files on this machine's disk: their status, how they get the attributes that an image gives them, how they are locked,
 * copied and removed. Nothing here depends on a store or on the tree of a layer.
 *
 * <p>{@link dev.slipway.oci.posix.SystemFiles} says what a system supports, so that everything without system calls works
 * everywhere.
 */
@NullMarked
package dev.slipway.oci.disk;

import org.jspecify.annotations.NullMarked;
