package dev.slipway.oci.compare;

import dev.slipway.oci.Image;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.compare.Difference.Section;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.config.Timestamps;
import dev.slipway.oci.inspect.ConfigFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares two images. */
public final class ImageComparison {

    private final Image before;
    private final Image after;
    private final List<Difference> differences = new ArrayList<>();

    private ImageComparison(Image before, Image after) {
        this.before = before;
        this.after = after;
    }

    /**
     * The differences. Layers that both images share are read once; if the images are equal, none is read.
     *
     * @return config, history, layers and files, in this order
     * @throws InvalidImageException if a layer is damaged, hostile or not the one that the config names
     * @throws IOException if a layer cannot be read
     */
    public static List<Difference> of(Image before, Image after) throws IOException {
        if (before.descriptor().digest().equals(after.descriptor().digest())) {
            return List.of();
        }
        ImageComparison comparison = new ImageComparison(before, after);
        comparison.config();
        comparison.history();
        comparison.differences.addAll(LayerComparison.of(before, after));
        return List.copyOf(comparison.differences);
    }

    /** The differences but for times, and for the form in which the same files are packed. */
    public static List<Difference> major(List<Difference> differences) {
        return differences.stream()
                .map(Difference::major)
                .flatMap(Optional::stream)
                .toList();
    }

    private void config() {
        FieldChanges.between(Section.CONFIG, ConfigFields.of(before.config()), ConfigFields.of(after.config()))
                .forEach(differences::add);
        minor("created", created(before), created(after));
        minor("mediaType", before.manifest().mediaType(), after.manifest().mediaType());
        FieldChanges.between(
                        Section.CONFIG,
                        annotations(before.manifest().annotations()),
                        annotations(after.manifest().annotations()))
                .forEach(differences::add);
    }

    private static Map<String, String> annotations(Map<String, String> annotations) {
        Map<String, String> named = new TreeMap<>();
        annotations.forEach((name, value) -> named.put("Annotations." + name, value));
        return named;
    }

    private static String created(Image image) {
        return image.config().created().map(Timestamps::format).orElse("");
    }

    private void minor(String field, String old, String now) {
        if (!old.equals(now)) {
            differences.add(new Difference(
                    Section.CONFIG,
                    field,
                    List.of(new Difference.Change("", FieldChanges.text(old), FieldChanges.text(now), true))));
        }
    }

    private void history() {
        List<HistoryEntry> old = before.config().history();
        List<HistoryEntry> now = after.config().history();
        for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
            Map<String, String> one = i < old.size() ? fields(old.get(i)) : Map.of();
            Map<String, String> other = i < now.size() ? fields(now.get(i)) : Map.of();
            FieldChanges.of(Section.HISTORY, String.valueOf(i + 1), one, other).ifPresent(differences::add);
        }
    }

    private static Map<String, String> fields(HistoryEntry entry) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("created_by", entry.createdBy());
        fields.put("author", entry.author());
        fields.put("comment", entry.comment());
        fields.put("empty_layer", entry.emptyLayer() ? "true" : "");
        fields.put(FieldChanges.TIME, entry.created().map(Timestamps::format).orElse(""));
        fields.values().removeIf(String::isEmpty);
        return fields;
    }
}
