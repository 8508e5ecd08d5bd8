package dev.slipway.cache;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Digest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cache that a build may use, as {@code --cache-from} of buildx has it. Its records are believed because the user named it: they say
 * what the result of a step is. What is fetched of it is checked by its digest.
 *
 * @param type {@code registry} or {@code local}
 * @param attributes further options of the type, by buildx's names ({@code ref}, {@code src}, {@code tag}, {@code digest}, ...)
 */
public record CacheImport(String type, SortedMap<String, String> attributes) {

    private static final String SOURCE = "src";
    private static final String DIGEST = "digest";

    private static final Map<String, SortedSet<String>> TYPES = Map.of(
            CacheOptions.REGISTRY,
            new TreeSet<>(List.of(CacheOptions.REF, CacheOptions.INSECURE)),
            CacheOptions.LOCAL,
            new TreeSet<>(List.of(SOURCE, DIGEST, CacheOptions.TAG)));

    /** @throws IllegalArgumentException if the type or an option is unknown, or one that must be there is missing */
    public CacheImport {
        requireNonNull(type, "type is null");
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(attributes, "attributes is null")));
        CacheOptions.check(type, attributes, TYPES);
        if (type.equals(CacheOptions.LOCAL)
                && attributes.getOrDefault(SOURCE, "").isEmpty()) {
            throw new IllegalArgumentException("type=local needs src=FOLDER");
        }
        if (attributes.containsKey(DIGEST)) {
            Digest.parse(requireNonNull(attributes.get(DIGEST)));
        }
    }

    /**
     * A cache in a registry, or an image in whose config is one.
     *
     * @param reference such as {@code registry.example.com/app:cache}; the tag is {@code latest} if it has none
     * @throws IllegalArgumentException if it is no name with a tag
     */
    public static CacheImport registry(String reference) {
        return new CacheImport(
                CacheOptions.REGISTRY,
                new TreeMap<>(Map.of(CacheOptions.REF, requireNonNull(reference, "reference is null"))));
    }

    /** A cache in a folder. */
    public static CacheImport local(Path folder) {
        return new CacheImport(
                CacheOptions.LOCAL,
                new TreeMap<>(
                        Map.of(SOURCE, requireNonNull(folder, "folder is null").toString())));
    }

    /**
     * The same cache with an option added or replaced.
     *
     * @throws IllegalArgumentException if there is no such option, or it has no meaning
     */
    public CacheImport with(String option, String value) {
        return new CacheImport(type, CacheOptions.with(attributes, option, value));
    }

    /** The name of a cache in a registry. */
    public Optional<ImageReference> reference() {
        return Optional.ofNullable(attributes.get(CacheOptions.REF)).map(ImageReference::parse);
    }

    /** Whether the registry is asked whoever it is, over HTTP if it does not speak HTTPS. */
    public boolean isInsecure() {
        return CacheOptions.flag(attributes, CacheOptions.INSECURE, false);
    }

    /** The folder of a local cache. */
    public Optional<Path> folder() {
        return Optional.ofNullable(attributes.get(SOURCE)).map(Path::of);
    }

    /** What a local cache is listed as. */
    public String tag() {
        return attributes.getOrDefault(CacheOptions.TAG, "latest");
    }

    /** The digest of a local cache, whatever is listed. */
    public Optional<Digest> digest() {
        return Optional.ofNullable(attributes.get(DIGEST)).map(Digest::parse);
    }
}
