package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciFolderWriter;
import dev.slipway.oci.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A cache in a folder, which is an OCI layout. */
public final class FolderCache implements CachePlace {

    private final Path folder;
    private final String tag;
    private final Optional<Digest> digest;

    /**
     * @param tag what it is listed as
     * @param digest of a cache that is read, whatever is listed; nothing is written then
     */
    public FolderCache(Path folder, String tag, Optional<Digest> digest) {
        this.folder = requireNonNull(folder, "folder is null");
        this.tag = requireNonNull(tag, "tag is null");
        this.digest = requireNonNull(digest, "digest is null");
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Optional<Descriptor> find() throws IOException {
        if (!Files.exists(folder.resolve("index.json"))) {
            return Optional.empty();
        }
        try (OciLayout layout = OciLayout.open(folder)) {
            if (digest.isPresent()) {
                return Optional.of(layout.find(digest.get()));
            }
            return layout.index().manifests().stream()
                    .filter(listed -> tag.equals(listed.annotations().get(OciLayout.REF_NAME)))
                    .findFirst();
        }
    }

    @Override
    public BlobSource blobs() throws IOException {
        // A folder keeps no file open.
        return OciLayout.open(folder);
    }

    @Override
    public boolean write(Optional<Descriptor> before, Descriptor root, BlobSource content, StepMonitor monitor)
            throws IOException {
        Descriptor listed = root.withAnnotations(Map.of(OciLayout.REF_NAME, tag));
        try (OciFolderWriter writer = OciFolderWriter.writeAside(new LayoutImage(listed, List.of(), content), folder)) {
            if (!CachePlace.isSame(before, find())) {
                return false;
            }
            writer.publish();
            return true;
        }
    }
}
