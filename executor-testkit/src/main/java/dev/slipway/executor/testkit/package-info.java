/**
 * What every executor keeps to, as JUnit tests. Whoever writes an executor extends {@link
 * dev.slipway.executor.testkit.VertexExecutorContract} or {@link dev.slipway.executor.testkit.GraphExecutorContract} and says how
 * the executor is opened. The contracts of single matters can be extended alone, by an executor that does not do everything.
 *
 * <p>The tests need the SPI, the JDK and JUnit. They reach no network and run processes only where they are given an image with a
 * shell.
 */
@NullMarked
package dev.slipway.executor.testkit;

import org.jspecify.annotations.NullMarked;
