package dev.slipway.oci.place;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciArchiveWriter;
import dev.slipway.oci.layout.OciFolderWriter;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes images into a layout. */
record LayoutSink(ImagePlace.OfLayout place) implements ImageSink {

    @Override
    public void write(SentImage image, StepMonitor monitor) throws IOException {
        if (place.digest().isPresent()
                && !place.digest().get().equals(image.root().digest())) {
            throw new InvalidImageException(
                    place + ": the image has another digest, " + image.root().digest() + "; leave the digest out");
        }
        Descriptor root = place.tag().isPresent()
                ? image.root()
                        .withAnnotations(Map.of(OciLayout.REF_NAME, place.tag().get()))
                : image.root();
        LayoutImage written = new LayoutImage(root, List.of(), blob -> {
            if (!MediaTypes.isIndex(blob.mediaType()) && !MediaTypes.isManifest(blob.mediaType())) {
                monitor.progress(Activity.WRITING, blob.digest().toString(), 0, blob.size());
            }
            return image.blobs().open(blob);
        });
        switch (place.form()) {
            case FOLDER -> OciFolderWriter.write(written, place.path());
            case ARCHIVE -> OciArchiveWriter.write(written, place.path());
        }
    }
}
