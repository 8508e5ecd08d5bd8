package dev.slipway.backend;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildWork;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.BuiltLayer;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Vertex;
import dev.slipway.oci.cache.CacheGraph;
import dev.slipway.progress.Progress;
import dev.slipway.solver.cache.ExportMode;
import dev.slipway.solver.cache.ImportedCache;
import java.util.List;

/** One executor at work on one build. */
public interface Backend extends AutoCloseable {

    /** Who works. */
    BuildExecutor executor();

    /** Its work. */
    BuildWork work();

    /** Fetches what a build must look into before its graph can be made: a source, which it unpacks if its definition says so. */
    BuiltImage fetch(Definition definition, Progress progress) throws InterruptedException;

    /** Whether the result of a source is there already, so that it need not be had again. */
    boolean knows(Vertex source) throws InterruptedException;

    /**
     * Builds its share of the build.
     *
     * @param imported records of other machines
     * @param looksForForeign whether programs are looked for that the images' platforms do not run
     */
    Built build(Share share, ImportedCache imported, boolean looksForForeign, Progress progress)
            throws InterruptedException;

    /** Finds out what it would do, which is reported as if it did. Nothing runs. */
    void plan(Share share, ImportedCache imported, Progress progress) throws InterruptedException;

    @Override
    void close();

    /**
     * What came of a share.
     *
     * @param images in the order of the share's platforms
     * @param foreign programs in them that their platforms do not run
     * @param layers of the results of steps
     * @param cache the records of its steps
     */
    record Built(List<BuiltImage> images, List<ForeignFinding> foreign, StepLayers layers, StepCache cache) {}

    /** Knows the records of the steps of a build, as caches have them. */
    @FunctionalInterface
    interface StepCache {

        /** The records, with the layers of their results. */
        CacheGraph<List<BuiltLayer>> of(ExportMode mode) throws InterruptedException;
    }

    /** Knows the layers of which the results of steps consist. */
    @FunctionalInterface
    interface StepLayers {

        /** The layers of an output, lowest first; none if nobody knows, or it is not there any more. */
        List<? extends BuiltLayer> of(Edge edge) throws InterruptedException;
    }
}
