/**
 * The sandbox for places where nothing may be mounted: {@code proot} traces the process of a step, leads its paths into a plain
 * folder, and answers for the kernel where the step lacks rights.
 */
@NullMarked
package dev.slipway.local.sandbox.proot;

import org.jspecify.annotations.NullMarked;
