package dev.slipway.oci.place;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;

/** An image of an OCI layout. */
record LayoutStoredImage(OciLayout layout, Descriptor root) implements StoredImage {

    private static final String USUAL_TAG = "latest";

    static LayoutStoredImage open(ImagePlace.OfLayout place) throws IOException {
        OciLayout layout = OciLayout.open(place.path());
        try {
            Descriptor root = place.digest().isPresent()
                    ? layout.find(place.digest().get())
                    : layout.find(place.tag().orElse(USUAL_TAG));
            return new LayoutStoredImage(layout, Descriptor.of(root.mediaType(), root.digest(), root.size()));
        } catch (IOException | RuntimeException e) {
            layout.close();
            throw e;
        }
    }

    @Override
    public BlobSource blobs() {
        return layout;
    }

    @Override
    public void close() throws IOException {
        layout.close();
    }
}
