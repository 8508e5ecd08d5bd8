package dev.slipway.cli;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.oci.merge.IndexAnnotation;
import dev.slipway.oci.merge.IndexMerge;
import dev.slipway.oci.merge.ListedAs;
import dev.slipway.oci.merge.MergeSource;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.ImagePlaces;
import dev.slipway.oci.place.SentImage;
import dev.slipway.oci.place.StoredImage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The sources of a merge, opened. */
final class MergeSources implements Closeable {

    private final List<MergeSource> sources = new ArrayList<>();
    private final Deque<StoredImage> opened = new ArrayDeque<>();

    private MergeSources() {}

    /**
     * Opens sources.
     *
     * @param texts places, digests, and descriptors as JSON
     * @param targets where the index goes, which is where digests are looked for if nothing else is named
     */
    static MergeSources open(ImagePlaces places, List<String> texts, List<ImagePlace> targets) throws IOException {
        MergeSources sources = new MergeSources();
        try {
            List<ImagePlace> named = new ArrayList<>(targets);
            texts.stream()
                    .filter(text -> !isDigest(text) && !isJson(text))
                    .map(ImageAccess::place)
                    .forEach(named::add);
            for (String text : texts) {
                sources.add(places, text, named);
            }
            return sources;
        } catch (IOException | RuntimeException e) {
            sources.close();
            throw e;
        }
    }

    private static boolean isDigest(String text) {
        return text.startsWith("sha256:") || text.startsWith("sha512:");
    }

    private static boolean isJson(String text) {
        return text.startsWith("{");
    }

    private void add(ImagePlaces places, String text, List<ImagePlace> named) throws IOException {
        if (isDigest(text)) {
            Digest digest = UsageException.checked(text, () -> Digest.parse(text));
            sources.add(MergeSource.of(open(places, inOnlyPlace(digest, named))));
        } else if (isJson(text)) {
            ListedAs listed = ListedAs.parse(text.getBytes(StandardCharsets.UTF_8));
            sources.add(MergeSource.of(open(places, inOnlyPlace(listed.digest(), named)), listed));
        } else {
            sources.add(MergeSource.of(open(places, ImageAccess.place(text))));
        }
    }

    private SentImage open(ImagePlaces places, ImagePlace place) throws IOException {
        StoredImage image = places.open(place);
        opened.push(image);
        return SentImage.of(image);
    }

    /** A digest is looked for in the only repository or layout that is named. */
    private static ImagePlace inOnlyPlace(Digest digest, List<ImagePlace> named) {
        Optional<ImagePlace> first = named.stream().findFirst();
        if (first.isEmpty() || !named.stream().allMatch(first.get()::isBeside)) {
            throw new UsageException(digest + ": several repositories are named; say in which it is, NAME@" + digest);
        }
        return UsageException.checked(digest.toString(), () -> first.get().withDigest(digest));
    }

    SentImage merge(List<IndexAnnotation> annotations, boolean preferIndex, List<Platform> platforms)
            throws IOException {
        return IndexMerge.merge(sources, annotations, preferIndex, platforms);
    }

    @Override
    public void close() throws IOException {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
