/**
 * What a backend implements, and what it receives. A backend is found as a {@link dev.slipway.executor.ExecutorProvider}
 * through {@link java.util.ServiceLoader}; it sees vertices and results, never a Dockerfile.
 *
 * <p>{@link dev.slipway.executor.VertexExecutor} runs one vertex at a time while the solver orders, de-duplicates and looks
 * up. What only the client has (folders, secrets, agents, credentials) comes in a
 * {@link dev.slipway.executor.BuildSession} and does not become part of a key.
 */
@NullMarked
package dev.slipway.executor;

import org.jspecify.annotations.NullMarked;
