/**
 * The sandboxes that OCI runtimes make, {@code crun} and {@code runc}: how a step is described to a runtime, how it is run and heard,
 * and whether it keeps steps away from the machine's devices.
 */
@NullMarked
package dev.slipway.local.sandbox.runtime;

import org.jspecify.annotations.NullMarked;
