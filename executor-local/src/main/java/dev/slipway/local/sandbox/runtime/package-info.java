/**
 * The sandboxes that OCI runtimes make, {@code crun} and {@code runc}: how a runtime is told of a step, how it is run and heard,
 * and whether it keeps steps away from the machine's devices.
 */
package dev.slipway.local.sandbox.runtime;
