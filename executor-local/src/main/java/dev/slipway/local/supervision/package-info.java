/**
 * System calls that this program answers in the kernel's place. A filter stops the process that makes one; this program is told,
 * looks at what it is about in the memory of the process, and says how the call ends. It takes no rights but those over the
 * user's own processes.
 */
@NullMarked
package dev.slipway.local.supervision;

import org.jspecify.annotations.NullMarked;
