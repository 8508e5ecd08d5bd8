package dev.slipway.oci.place;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciArchiveWriter;
import java.io.IOException;

/** Writes what {@code docker load} reads. */
record DockerArchiveSink(ImagePlace.OfDockerArchive place) implements ImageSink {

    @Override
    public void write(SentImage image, StepMonitor monitor) throws IOException {
        LayoutImage written =
                new LayoutImage(image.root(), place.name().stream().toList(), image.blobs());
        OciArchiveWriter.writeForDocker(written, place.file());
    }
}
