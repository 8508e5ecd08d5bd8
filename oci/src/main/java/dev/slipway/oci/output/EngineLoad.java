package dev.slipway.oci.output;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.engine.Engine;
import dev.slipway.oci.image.AssembledImage;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciArchiveWriter;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Images that are ready to be loaded into an engine. Their blobs are made; the archive is written as it is sent, so that it
 * needs no disk space.
 *
 * @param id the id of the image in the engine
 */
record EngineLoad(Engine engine, Engine.Archive archive, Digest id, List<ImageReference> names, StepMonitor monitor)
        implements StagedOutput {

    /**
     * All images if the engine keeps an index, else the one for its own platform.
     *
     * @throws IOException if it runs none of them
     */
    static EngineLoad of(Engine engine, MadeImages made, List<ImageReference> names, StepMonitor monitor)
            throws IOException {
        if (engine.info().keepsIndexes()) {
            LayoutImage all = Layouts.image(made, names);
            Digest id = made.root().digest();
            return new EngineLoad(engine, out -> OciArchiveWriter.write(all, out), id, names, monitor);
        }
        Layouts.warnOfAttestations(made, engine.toString(), monitor);
        AssembledImage only = choose(engine, made.images(), monitor);
        LayoutImage one = Layouts.image(made, only, names);
        Digest id = only.manifest().config().digest();
        return new EngineLoad(engine, out -> OciArchiveWriter.writeForEngine(one, out), id, names, monitor);
    }

    /** A single image is loaded whatever its platform is; the engine may emulate it. */
    private static AssembledImage choose(Engine engine, List<AssembledImage> images, StepMonitor monitor)
            throws IOException {
        if (images.size() == 1) {
            return images.get(0);
        }
        List<Platform> platforms = images.stream().map(EngineLoad::platform).toList();
        Platform own = requirePlatform(engine, platforms);
        List<Platform> others =
                platforms.stream().filter(platform -> !platform.equals(own)).toList();
        monitor.warn("not loaded: " + text(others) + "; " + engine + " keeps images of one platform, "
                + text(List.of(own)) + ". Docker with the containerd image store keeps all");
        return images.get(platforms.indexOf(own));
    }

    /**
     * Requires that one of the platforms is the engine's, unless it keeps all.
     *
     * @param platforms those of the build; a single one, or none, need not be the engine's
     * @return the engine's
     */
    static Platform requirePlatform(Engine engine, List<Platform> platforms) throws IOException {
        Platform own = engine.info().platform();
        if (platforms.size() < 2 || engine.info().keepsIndexes()) {
            return own;
        }
        return engine.info()
                .nearest(platforms)
                .orElseThrow(() ->
                        new IOException(engine + " keeps images of one platform, and it runs none of " + text(platforms)
                                + ", but " + text(List.of(own)) + "; ask for that, or for one platform alone"));
    }

    private static Platform platform(AssembledImage image) {
        return image.descriptor().platform().orElseGet(() -> image.config().platform());
    }

    private static String text(List<Platform> platforms) {
        return platforms.stream().map(Platform::formatAll).collect(Collectors.joining(", "));
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public void publish() throws IOException, InterruptedException {
        engine.load(archive, id, names, monitor);
    }

    @Override
    public void close() {
        // Nothing was written aside.
    }
}
