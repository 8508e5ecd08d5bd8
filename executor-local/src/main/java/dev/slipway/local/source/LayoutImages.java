package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.text.Reason;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Images in the OCI layouts that a client offers. A layout is opened once a build. */
final class LayoutImages implements ImageFinder, AutoCloseable {

    private final Map<String, Path> folders;
    private final Map<Path, OciLayout> open = new ConcurrentHashMap<>();

    LayoutImages(Map<String, Path> folders) {
        this.folders = folders;
    }

    @Override
    public Found find(ImageRequest request) throws IOException {
        String name = request.layout().orElseThrow();
        Path folder = Optional.ofNullable(folders.get(name))
                .orElseThrow(() -> new ExecutorException("there is no OCI layout " + name + " in this build"));
        ImageReference reference = ImageFinder.reference(request);
        try {
            OciLayout layout = open(folder);
            return new Found(
                    reference.digest().isPresent()
                            ? layout.find(reference.digest().get())
                            : layout.find(reference.tag().orElse("latest")),
                    layout);
        } catch (InvalidImageException | BlobNotFoundException e) {
            throw new ImageNotFoundException(Reason.of(e));
        }
    }

    private synchronized OciLayout open(Path folder) throws IOException {
        OciLayout layout = open.get(folder);
        if (layout == null) {
            layout = OciLayout.open(folder);
            open.put(folder, layout);
        }
        return layout;
    }

    @Override
    public void close() throws IOException {
        for (OciLayout layout : open.values()) {
            layout.close();
        }
    }
}
