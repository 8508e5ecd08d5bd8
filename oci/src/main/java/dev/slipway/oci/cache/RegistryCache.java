package dev.slipway.oci.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.registry.Push;
import dev.slipway.oci.registry.RegistryClient;
import dev.slipway.oci.registry.RegistryException;
import java.io.IOException;
import java.util.Optional;

/** A cache in a registry. */
public final class RegistryCache implements CachePlace {

    private final ImageReference reference;
    private final RegistryClient registries;

    /** @param reference one without a tag means {@code latest} */
    public RegistryCache(ImageReference reference, RegistryClient registries) {
        this.reference = requireNonNull(reference, "reference is null").withDefaultTag();
        this.registries = requireNonNull(registries, "registries is null");
    }

    @Override
    public String name() {
        return reference.toString();
    }

    @Override
    public Optional<Descriptor> find() throws IOException {
        try {
            return Optional.of(registries.resolve(reference));
        } catch (RegistryException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public BlobSource blobs() {
        return registries.blobs(reference);
    }

    @Override
    public boolean write(Optional<Descriptor> before, Descriptor root, BlobSource content, StepMonitor monitor)
            throws IOException {
        Push push = Push.of(reference, root, content);
        registries.store(push, monitor);
        if (!CachePlace.isSame(before, find())) {
            return false;
        }
        registries.tag(push);
        return true;
    }
}
