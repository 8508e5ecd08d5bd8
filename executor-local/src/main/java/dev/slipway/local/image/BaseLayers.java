package dev.slipway.local.image;

import dev.slipway.executor.image.LayerBlob;
import java.io.IOException;
import java.util.List;

/** Knows in which blobs base images have their layers. One layer may have come in several, compressed in other ways. */
public interface BaseLayers {

    /**
     * The blobs of the base image upon which a root was built, in the order of its layers; none if there is no such image in this
     * build. All of them are in the store.
     *
     * @param layers ids of the layers of the root, lowest first
     */
    List<LayerBlob> of(List<String> layers) throws IOException, InterruptedException;
}
