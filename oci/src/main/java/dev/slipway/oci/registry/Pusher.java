package dev.slipway.oci.registry;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.Manifest;
import dev.slipway.oci.MediaTypes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes an image to a registry: blobs first, several at once, then manifests, each after what it refers to, and its tag at the
 * very end. A registry accepts a manifest only after everything that it refers to, so nothing below an existing manifest is
 * checked.
 */
final class Pusher {

    private final Connection connection;
    private final Push push;
    private final StepMonitor monitor;
    private final String name;
    private final Scope scope;

    Pusher(Connection connection, Push push, StepMonitor monitor) {
        this.connection = connection;
        this.push = push;
        this.monitor = monitor;
        this.name = push.target().toString();
        this.scope = Scope.push(connection.repository());
    }

    /** Whether the reference already stands for this image in the registry. */
    boolean isThere() throws IOException {
        try {
            return new ManifestEndpoint(connection).exists(reference(), push.root(), scope);
        } catch (IOException e) {
            throw connection.explained(name, e);
        }
    }

    /** Stores all of it under its digest. */
    void store() throws IOException {
        List<Descriptor> documents = new ArrayList<>();
        List<Descriptor> blobs = new ArrayList<>();
        for (Descriptor descriptor : ImageTree.of(push.root(), push.blobs(), this::isMissing)) {
            boolean document =
                    MediaTypes.isIndex(descriptor.mediaType()) || MediaTypes.isManifest(descriptor.mediaType());
            (document ? documents : blobs).add(descriptor);
        }
        Together.forEach(blobs, this::pushBlob);
        for (Descriptor document : documents) {
            put(document.digest().toString(), document);
        }
    }

    private boolean isMissing(Descriptor document) throws IOException {
        try {
            return !new ManifestEndpoint(connection).exists(document.digest().toString(), document, scope);
        } catch (IOException e) {
            throw connection.explained(name, e);
        }
    }

    /** Sets the tag of the stored image, if it has one. */
    void tag() throws IOException {
        if (push.target().tag().isPresent()) {
            put(push.target().tag().get(), push.root());
        }
    }

    private String reference() {
        return push.target().tag().orElseGet(() -> push.root().digest().toString());
    }

    private void pushBlob(Descriptor blob) throws IOException {
        Upload upload = new Upload(push.target().name(), blob, push.blobs(), monitor);
        try {
            if (!new BlobEndpoint(connection).exists(blob, scope)) {
                new UploadEndpoint(connection, upload, name).store(mountFrom(blob));
            }
        } catch (IOException e) {
            throw upload.failure().orElse(connection.explained(name, e));
        }
        monitor.progress(Activity.UPLOADING, upload.name(), blob.size(), blob.size());
    }

    private Optional<String> mountFrom(Descriptor blob) {
        return Optional.ofNullable(push.origins().get(blob.digest()))
                .filter(origin -> origin.domain().equals(push.target().domain()))
                .map(ImageReference::path)
                .filter(path -> !path.equals(push.target().path()));
    }

    private void put(String reference, Descriptor document) throws IOException {
        byte[] bytes = push.blobs().read(document).toArray();
        try {
            boolean isListed = new ManifestEndpoint(connection).put(reference, document, bytes, scope, name);
            if (!isListed && MediaTypes.isManifest(document.mediaType())) {
                Manifest manifest = Manifest.parse(bytes);
                if (manifest.subject().isPresent()) {
                    new ReferrersEndpoint(connection, scope, name).add(document, manifest);
                }
            }
        } catch (IOException e) {
            throw connection.explained(name, e);
        }
    }
}
