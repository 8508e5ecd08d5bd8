/**
 * Starts a child process that first makes a list of system calls: namespaces, mounts, limits, identity. A JVM cannot do that
 * itself (it has many threads, and namespaces belong to threads), and a chain of {@code unshare}, {@code mount} and {@code
 * setpriv} costs more time than most steps run and cannot hand a program variables like {@code LD_PRELOAD} without obeying
 * them itself.
 *
 * <p>{@link dev.slipway.local.launch.ChildProgram} is the list, {@link dev.slipway.local.launch.Launcher} starts it: a program
 * of fewer than 60 instructions reads the list from its standard input and walks through it.
 */
@NullMarked
package dev.slipway.local.launch;

import org.jspecify.annotations.NullMarked;
