package dev.slipway.cli;

import dev.slipway.executor.ByteSize;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.text.TerminalText;
import dev.slipway.llb.Platform;
import dev.slipway.oci.Image;
import dev.slipway.oci.config.HistoryEntry;
import dev.slipway.oci.config.Timestamps;
import dev.slipway.oci.files.TreeFile;
import dev.slipway.oci.inspect.ConfigFields;
import dev.slipway.oci.inspect.InspectedAttestation;
import dev.slipway.oci.inspect.InspectedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints an image for people; of an index, as {@code docker buildx imagetools inspect} does. */
final class ImageListingText {

    private final StringBuilder text = new StringBuilder();

    private ImageListingText() {}

    static String of(ImageListing listing) {
        ImageListingText text = new ImageListingText();
        text.head(listing);
        if (listing.images().isEmpty()) {
            listing.inspection().index().ifPresent(index -> text.manifests(listing, index.manifests()));
        }
        listing.images().forEach(text::image);
        return text.text.toString();
    }

    private void head(ImageListing listing) {
        Descriptor root = listing.inspection().root();
        line("", "Name:      " + listing.name());
        line("", "MediaType: " + root.mediaType());
        line("", "Digest:    " + root.digest());
        listing.inspection().index().ifPresent(index -> annotations("", index.annotations()));
    }

    private void manifests(ImageListing listing, List<Descriptor> manifests) {
        section("Manifests");
        for (Descriptor manifest : manifests) {
            line("  ", "Digest:    " + manifest.digest());
            line("  ", "MediaType: " + manifest.mediaType());
            manifest.platform().map(Platform::formatAll).ifPresent(platform -> line("  ", "Platform:  " + platform));
            annotations("  ", manifest.annotations());
            listing.inspection().images().stream()
                    .flatMap(image -> image.attestations().stream())
                    .filter(attestation -> attestation.manifest().digest().equals(manifest.digest()))
                    .forEach(this::attestation);
            text.append('\n');
        }
    }

    private void annotations(String indent, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            line(indent, "Annotations:");
            annotations.forEach((name, value) -> line(indent + "  ", name + ": " + value));
        }
    }

    private void image(ImageListing.Shown shown) {
        InspectedImage inspected = shown.image();
        Image image = inspected.image();
        section("Image for " + inspected.platform().formatAll());
        line("  ", "Manifest: " + image.descriptor().digest());
        line("  ", "Config:   " + image.manifest().config().digest());
        image.config().created().ifPresent(time -> line("  ", "Created:  " + Timestamps.format(time)));
        annotations("  ", image.manifest().annotations());
        section("Config");
        ConfigFields.of(image.config()).forEach((name, value) -> line("  ", name + ": " + value));
        layers(image);
        history(image.config().history());
        if (!inspected.attestations().isEmpty()) {
            section("Attestations");
            inspected.attestations().forEach(this::attestation);
        }
        if (!shown.files().isEmpty()) {
            section("Files");
            shown.files().forEach(this::file);
        }
    }

    private void layers(Image image) {
        section("Layers");
        for (int i = 0; i < image.manifest().layers().size(); i++) {
            Descriptor layer = image.manifest().layers().get(i);
            line("  ", i + 1 + "  " + layer.digest() + "  " + ByteSize.format(layer.size()) + "  " + layer.mediaType());
            line("     ", "diff id " + image.config().diffIds().get(i));
        }
    }

    private void history(List<HistoryEntry> history) {
        if (history.isEmpty()) {
            return;
        }
        section("History");
        int layer = 0;
        for (HistoryEntry entry : history) {
            String number = entry.emptyLayer() ? "-" : String.valueOf(++layer);
            String time = entry.created().map(Timestamps::format).orElse("-");
            line("  ", String.format(Locale.ROOT, "%2s  %-20s  %s", number, time, entry.createdBy()));
        }
    }

    private void attestation(InspectedAttestation attestation) {
        line("  ", attestation.predicateType().isEmpty() ? "of no known kind" : attestation.predicateType());
        attestation.summary().forEach(value -> line("    ", value));
    }

    private void file(TreeFile file) {
        FileEntry entry = file.entry();
        String target = entry.type() == EntryType.SYMLINK ? " -> " + entry.linkTarget() : "";
        line(
                "  ",
                String.format(
                        Locale.ROOT,
                        "%s %5s %9d %s /%s%s",
                        ModeText.of(entry),
                        entry.uid() + ":" + entry.gid(),
                        entry.size(),
                        entry.modified(),
                        entry.path(),
                        target));
    }

    private void section(String title) {
        text.append('\n').append(title).append(":\n");
    }

    private void line(String indent, String line) {
        text.append(indent).append(TerminalText.line(line)).append('\n');
    }
}
