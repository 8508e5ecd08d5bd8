package dev.slipway.oci.merge;

import dev.slipway.executor.ImageReference;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Attestations;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.BlobSource;
import dev.slipway.oci.ImageTree;
import dev.slipway.oci.Index;
import dev.slipway.oci.IndexEntries;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.MediaTypes;
import dev.slipway.oci.merge.IndexAnnotation.Level;
import dev.slipway.oci.place.SentImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Joins images and indexes into one index, as {@code docker buildx imagetools create} does. */
public final class IndexMerge {

    private final List<MergeSource> sources;
    private final List<IndexAnnotation> annotations;
    private final Map<Digest, Descriptor> entries = new LinkedHashMap<>();

    private IndexMerge(List<MergeSource> sources, List<IndexAnnotation> annotations) {
        this.sources = sources;
        this.annotations = annotations;
    }

    /**
     * Joins sources. Indexes contribute all of their entries; if one is listed twice, the later entry is used. A single index
     * stays as it is.
     *
     * @param sources at least one
     * @param annotations the annotations of the index
     * @param preferIndex whether a single image becomes an index, too
     * @param platforms the platforms to include; none for all
     * @throws InvalidImageException if a document is damaged
     */
    public static SentImage merge(
            List<MergeSource> sources, List<IndexAnnotation> annotations, boolean preferIndex, List<Platform> platforms)
            throws IOException {
        SentImage all = sources.size() == 1 && annotations.isEmpty() && staysAsItIs(sources.get(0), preferIndex)
                ? sources.get(0).image()
                : new IndexMerge(sources, annotations).merge();
        return PlatformFilter.apply(all, platforms);
    }

    /** The platforms for which an index has several images. A request for one of them gets the first. */
    public static Set<Platform> listedTwice(SentImage image) throws IOException {
        Set<Platform> seen = new HashSet<>();
        Set<Platform> twice = new LinkedHashSet<>();
        for (Descriptor entry : IndexEntries.of(image.root(), image.blobs())) {
            if (!Attestations.isOne(entry) && entry.platform().isPresent()) {
                Platform platform = entry.platform().get().normalized();
                if (!seen.add(platform)) {
                    twice.add(platform);
                }
            }
        }
        return twice;
    }

    private static boolean staysAsItIs(MergeSource source, boolean preferIndex) {
        return !preferIndex || MediaTypes.isIndex(source.image().root().mediaType());
    }

    private SentImage merge() throws IOException {
        for (MergeSource source : sources) {
            if (MediaTypes.isIndex(source.image().root().mediaType())) {
                Index.parse(source.blobs().read(source.image().root()).toArray())
                        .manifests()
                        .forEach(this::add);
            } else {
                add(entry(source));
            }
        }
        Index index = new Index(mediaType(), annotated(), noted());
        return PlatformFilter.withIndex(new SentImage(sources.get(0).image().root(), blobs(), origins()), index);
    }

    /** An image with its platform, which is read from the config if the source does not have it. */
    private static Descriptor entry(MergeSource source) throws IOException {
        if (source.entry().platform().isPresent()) {
            return source.entry();
        }
        Descriptor found =
                IndexEntries.of(source.image().root(), source.blobs()).get(0);
        return found.platform().map(source.entry()::withPlatform).orElse(source.entry());
    }

    private void add(Descriptor entry) {
        entries.merge(entry.digest(), entry, (old, now) -> {
            Map<String, String> notes = new HashMap<>(old.annotations());
            notes.putAll(now.annotations());
            Descriptor noted = old.withAnnotations(notes);
            return now.platform().map(noted::withPlatform).orElse(noted);
        });
    }

    /** A list of Docker's can only hold manifests of Docker's, and has no annotations. */
    private String mediaType() {
        boolean docker = annotations.isEmpty()
                && entries.values().stream().allMatch(entry -> entry.mediaType().startsWith("application/vnd.docker."));
        return docker ? MediaTypes.DOCKER_INDEX : MediaTypes.OCI_INDEX;
    }

    private List<Descriptor> annotated() {
        List<Descriptor> annotated = new ArrayList<>();
        for (Descriptor entry : entries.values()) {
            Map<String, String> notes = new HashMap<>(entry.annotations());
            annotations.stream()
                    .filter(annotation -> annotation.isOf(entry))
                    .forEach(annotation -> notes.put(annotation.key(), annotation.value()));
            annotated.add(entry.withAnnotations(notes));
        }
        return annotated;
    }

    private SortedMap<String, String> noted() {
        SortedMap<String, String> noted = new TreeMap<>();
        annotations.stream()
                .filter(annotation -> annotation.level() == Level.INDEX)
                .forEach(annotation -> noted.put(annotation.key(), annotation.value()));
        return noted;
    }

    /** Each blob from the source that has it. */
    private BlobSource blobs() throws IOException {
        Map<Digest, BlobSource> owners = new HashMap<>();
        for (MergeSource source : sources) {
            for (Descriptor blob : tree(source)) {
                owners.putIfAbsent(blob.digest(), source.blobs());
            }
        }
        return blob -> {
            BlobSource owner = owners.get(blob.digest());
            if (owner == null) {
                throw new BlobNotFoundException("no source has the blob " + blob.digest());
            }
            return owner.open(blob);
        };
    }

    private static Collection<Descriptor> tree(MergeSource source) throws IOException {
        return ImageTree.of(source.image().root(), source.blobs());
    }

    private Map<Digest, ImageReference> origins() {
        Map<Digest, ImageReference> origins = new HashMap<>();
        sources.forEach(source -> source.image().origins().forEach(origins::putIfAbsent));
        return origins;
    }
}
