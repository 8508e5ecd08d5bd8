package dev.slipway.cache.remote;

import dev.slipway.cache.CacheExport;
import dev.slipway.cache.CacheImport;
import dev.slipway.executor.ImageReference;
import dev.slipway.oci.cache.CachePlace;
import dev.slipway.oci.cache.FolderCache;
import dev.slipway.oci.cache.RegistryCache;
import dev.slipway.oci.registry.RegistryClient;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Finds where caches are that a request names. */
final class CachePlaces {

    private final Supplier<RegistryClient> registries;

    CachePlaces(Supplier<RegistryClient> registries) {
        this.registries = registries;
    }

    CachePlace of(CacheImport cache) {
        Optional<Path> folder = cache.folder();
        return folder.isPresent()
                ? new FolderCache(folder.get(), cache.tag(), cache.digest())
                : registry(cache.reference().orElseThrow(), cache.isInsecure());
    }

    /** @param cache one that is not in images */
    CachePlace of(CacheExport cache) {
        Optional<Path> folder = cache.folder();
        return folder.isPresent()
                ? new FolderCache(folder.get(), cache.tag(), Optional.empty())
                : registry(cache.reference().orElseThrow(), cache.isInsecure());
    }

    private CachePlace registry(ImageReference reference, boolean insecure) {
        RegistryClient client = registries.get();
        return new RegistryCache(reference, insecure ? client.withoutVerifying(Set.of(reference.domain())) : client);
    }
}
