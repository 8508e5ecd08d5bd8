package dev.slipway.oci.place;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.PlatformNotFoundException;
import dev.slipway.oci.engine.Engine;
import dev.slipway.oci.inspect.InspectedImage;
import dev.slipway.oci.inspect.Inspection;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciArchiveWriter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/**
 * Loads images into an engine: an index if it keeps one, else the image that suits it best.
 *
 * @param name the name of the image there
 */
record EngineSink(Engine engine, ImageReference name) implements ImageSink {

    @Override
    public void write(SentImage image, StepMonitor monitor) throws IOException {
        if (engine.info().keepsIndexes()) {
            LayoutImage all = new LayoutImage(image.root(), List.of(name), image.blobs());
            load(out -> OciArchiveWriter.write(all, out), image.root().digest(), monitor);
            return;
        }
        Image one = choose(image, monitor);
        LayoutImage written = new LayoutImage(plain(one.descriptor()), List.of(name), image.blobs());
        load(
                out -> OciArchiveWriter.writeForDocker(written, out),
                one.manifest().config().digest(),
                monitor);
    }

    /** A single image is loaded whatever its platform is; the engine may emulate it. */
    private Image choose(SentImage image, StepMonitor monitor) throws IOException {
        if (!MediaTypes.isIndex(image.root().mediaType())) {
            return Image.read(image.root(), image.blobs());
        }
        List<InspectedImage> images = Inspection.of(image.root(), image.blobs()).images();
        List<Platform> platforms = images.stream().map(InspectedImage::platform).toList();
        Platform own = images.size() == 1
                ? platforms.get(0)
                : engine.info()
                        .nearest(platforms)
                        .orElseThrow(() ->
                                new PlatformNotFoundException(engine.info().platform(), platforms));
        if (images.size() > 1) {
            monitor.warn(engine + " keeps images of one platform: only " + own.formatAll() + " is loaded");
        }
        return images.get(platforms.indexOf(own)).image();
    }

    private static Descriptor plain(Descriptor manifest) {
        return Descriptor.of(manifest.mediaType(), manifest.digest(), manifest.size());
    }

    private void load(Engine.Archive archive, Digest id, StepMonitor monitor) throws IOException {
        try {
            engine.load(archive, id, List.of(name), monitor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("loading " + name.familiar() + " was interrupted");
        }
    }
}
