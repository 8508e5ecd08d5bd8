/**
 * What confines a process, in whatever sandbox it runs: the capabilities that it keeps, the system calls that it may make, the
 * devices that it may have, the kernel's files that it does not see, and its limits.
 */
@NullMarked
package dev.slipway.local.sandbox.confine;

import org.jspecify.annotations.NullMarked;
