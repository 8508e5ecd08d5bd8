package dev.slipway.backend;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.image.ImageSpec;
import dev.slipway.graph.BuildGraph;
import java.util.List;

/**
 * What one executor does of a build.
 *
 * @param executor who does it
 * @param graph of its platforms
 * @param specs of the images, in the order of the graph's platforms
 */
public record Share(BuildExecutor executor, BuildGraph graph, List<ImageSpec> specs) {}
