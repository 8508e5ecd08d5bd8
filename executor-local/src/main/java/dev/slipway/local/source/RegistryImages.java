package dev.slipway.local.source;

import dev.slipway.executor.ImageNotFoundException;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.ImageRequest;
import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.executor.SourceAccess;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.text.Reason;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.BlobStore;
import dev.slipway.local.store.ResolvedTags;
import dev.slipway.local.store.Store;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Images in registries. Their documents are kept in the store, so that an image which is named by digest needs no request once
 * it is known; a tag costs one request each time, unless what the store has is preferred.
 */
final class RegistryImages implements ImageFinder {

    private final RegistryClient client;
    private final BlobStore blobs;
    private final ResolvedTags tags;
    private final SourceAccess access;

    RegistryImages(RegistryClient client, Store store, SourceAccess access) {
        this.client = client;
        this.blobs = store.blobs();
        this.tags = store.tags();
        this.access = access;
    }

    @Override
    public Found find(ImageRequest request) throws IOException, InterruptedException {
        ImageReference named = ImageFinder.reference(request).withDefaultTag();
        ImageReference reference = pinned(named);
        boolean isAsked = access.network() == SourceAccess.Network.ALL;
        BlobSource source = isAsked ? new Documents(client.blobs(reference)) : new StoredBlobs(blobs, named);
        Optional<Descriptor> known = known(reference, isAsked ? request.mode() : ResolveMode.LOCAL);
        if (known.isPresent()) {
            return new Found(known.get(), source);
        }
        if (!isAsked) {
            throw StoredBlobs.missing(named + " is not in the store");
        }
        try {
            Descriptor root = client.resolve(reference);
            // What the tag stood for is kept until what it stands for now is at hand.
            source.read(root);
            tags.save(reference, root.digest());
            return new Found(root, source);
        } catch (RegistryException e) {
            if (e.isNotFound()) {
                throw new ImageNotFoundException(Reason.of(e));
            }
            throw e;
        }
    }

    private ImageReference pinned(ImageReference reference) {
        return access.pin("docker-image://" + reference)
                .map(pin -> reference.withDigest(Digest.parse(pin)))
                .orElse(reference);
    }

    private Optional<Descriptor> known(ImageReference reference, ResolveMode mode) throws IOException {
        if (reference.digest().isPresent()) {
            return blobs.document(reference.digest().get());
        }
        Optional<Digest> tagged = mode == ResolveMode.LOCAL ? tags.find(reference) : Optional.empty();
        return tagged.isPresent() ? blobs.document(tagged.get()) : Optional.empty();
    }

    /** Keeps manifests, indexes and configs in the store when they are read. */
    private final class Documents implements BlobSource {

        private final BlobSource registry;

        private Documents(BlobSource registry) {
            this.registry = registry;
        }

        @Override
        public InputStream open(Descriptor descriptor) throws IOException {
            if (MediaTypes.isLayer(descriptor.mediaType())) {
                return registry.open(descriptor);
            }
            blobs.fetchDocument(descriptor, registry);
            return blobs.open(descriptor);
        }
    }
}
