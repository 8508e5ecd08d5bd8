/**
 * The file operations of a build, in plain Java on trees of nodes: no file of this machine is touched but the one that takes in
 * new contents, so that nothing here needs privileges and no path can lead out of a root.
 *
 * <p>What happens, and what is an error, follows BuildKit to the letter (engine notes 4).
 */
@NullMarked
package dev.slipway.local.file;

import org.jspecify.annotations.NullMarked;
