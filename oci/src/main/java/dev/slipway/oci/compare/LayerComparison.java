package dev.slipway.oci.compare;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.compare.Difference.Change;
import dev.slipway.oci.compare.Difference.Section;
import dev.slipway.oci.files.FileFields;
import dev.slipway.oci.files.FileTree;
import dev.slipway.oci.files.LayerSummary;
import dev.slipway.oci.files.TreeFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares the layers of two images, and the files that they make. */
final class LayerComparison {

    private final Image before;
    private final Image after;
    private final List<LayerSummary> old = new ArrayList<>();
    private final List<LayerSummary> now = new ArrayList<>();

    private LayerComparison(Image before, Image after) {
        this.before = before;
        this.after = after;
    }

    static List<Difference> of(Image before, Image after) throws IOException {
        LayerComparison comparison = new LayerComparison(before, after);
        int shared = comparison.shared();
        if (shared == layers(before).size() && shared == layers(after).size()) {
            return List.of();
        }
        FileTree oldFiles = FileTree.empty();
        for (int i = 0; i < shared; i++) {
            comparison.old.add(oldFiles.apply(before, i));
        }
        comparison.now.addAll(comparison.old);
        FileTree newFiles = oldFiles.copy();
        read(before, oldFiles, comparison.old);
        read(after, newFiles, comparison.now);
        List<Difference> differences = new ArrayList<>(comparison.layers());
        differences.addAll(files(oldFiles.files(), newFiles.files()));
        return differences;
    }

    /** How many of the lowest layers are the same blobs, with the same diff ids. */
    private int shared() {
        int most = Math.min(layers(before).size(), layers(after).size());
        int shared = 0;
        while (shared < most
                && layers(before)
                        .get(shared)
                        .digest()
                        .equals(layers(after).get(shared).digest())
                && diffId(before, shared).equals(diffId(after, shared))) {
            shared++;
        }
        return shared;
    }

    private static List<Descriptor> layers(Image image) {
        return image.manifest().layers();
    }

    private static Digest diffId(Image image, int layer) {
        return image.config().diffIds().get(layer);
    }

    private static void read(Image image, FileTree files, List<LayerSummary> summaries) throws IOException {
        for (int i = summaries.size(); i < layers(image).size(); i++) {
            summaries.add(files.apply(image, i));
        }
    }

    private List<Difference> layers() {
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
            Optional<String> one =
                    i < old.size() ? Optional.of(diffId(before, i).toString()) : Optional.empty();
            Optional<String> other =
                    i < now.size() ? Optional.of(diffId(after, i).toString()) : Optional.empty();
            List<Change> changes = new ArrayList<>();
            if (!one.equals(other)) {
                boolean minor = i < old.size()
                        && i < now.size()
                        && old.get(i).content().equals(now.get(i).content());
                String field = !minor
                        ? ""
                        : old.get(i).exact().equals(now.get(i).exact()) ? "order of files" : "times of files";
                changes.add(new Change(field, one, other, minor));
            } else if (!layers(before)
                    .get(i)
                    .digest()
                    .equals(layers(after).get(i).digest())) {
                changes.add(new Change("compression", blob(before, i), blob(after, i), true));
            }
            if (!changes.isEmpty()) {
                differences.add(new Difference(Section.LAYERS, String.valueOf(i + 1), changes));
            }
        }
        return differences;
    }

    private static Optional<String> blob(Image image, int layer) {
        Descriptor blob = layers(image).get(layer);
        return Optional.of(blob.digest() + " " + blob.mediaType());
    }

    private static List<Difference> files(SortedMap<String, TreeFile> before, SortedMap<String, TreeFile> after) {
        List<Difference> differences = new ArrayList<>();
        SortedSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        for (String path : paths) {
            Optional<TreeFile> old = Optional.ofNullable(before.get(path));
            Optional<TreeFile> now = Optional.ofNullable(after.get(path));
            if (!old.map(TreeFile::entry).equals(now.map(TreeFile::entry))
                    || !old.flatMap(TreeFile::content).equals(now.flatMap(TreeFile::content))) {
                FieldChanges.of(Section.FILES, "/" + path, fields(old), fields(now))
                        .ifPresent(differences::add);
            }
        }
        return differences;
    }

    private static Map<String, String> fields(Optional<TreeFile> file) {
        Map<String, String> fields = new LinkedHashMap<>();
        file.ifPresent(found -> {
            fields.putAll(FileFields.of(found));
            fields.put(FieldChanges.TIME, found.entry().modified().toString());
        });
        return fields;
    }
}
