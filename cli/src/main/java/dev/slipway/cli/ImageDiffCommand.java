package dev.slipway.cli;

import dev.slipway.llb.Platform;
import dev.slipway.oci.compare.PlatformComparison;
import dev.slipway.oci.inspect.Inspection;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.ImagePlaces;
import dev.slipway.oci.place.StoredImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway image diff}. */
@Command(
        name = "diff",
        description = "Compare two images, or two platforms of one: config, history, layers and files. Ends with 0 if"
                + " they are the same, with 1 if they are not, and with 2 if they cannot be compared, as diff does.",
        exitCodeOnExecutionException = 2,
        mixinStandardHelpOptions = true)
final class ImageDiffCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "IMAGE", description = "The image before, written as for inspect.")
    private String before;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "IMAGE",
            description = "The image after; none to compare two platforms of the first.")
    private Optional<String> after = Optional.empty();

    @Option(
            names = {"-p", "--platform"},
            paramLabel = "PLATFORM",
            description = "Compare these platforms only. With one image, the two platforms to compare.")
    private List<String> platforms = List.of();

    @Option(
            names = "--strict",
            description = "Times count too, and so does how layers with the same files are packed and compressed.")
    private boolean strict;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        List<Platform> wanted = ImageAccess.platforms(platforms);
        if (after.isEmpty() && wanted.size() != 2) {
            throw new UsageException(
                    "name a second image, or two platforms of the first:" + " --platform linux/amd64,linux/arm64");
        }
        ImagePlace one = ImageAccess.place(before);
        Optional<ImagePlace> other = after.map(ImageAccess::place);
        return ImageAccess.run(places -> {
            ComparisonReport report = new ComparisonReport(
                    other.isPresent()
                            ? images(places, one, other.get(), wanted)
                            : platforms(places, one, wanted.get(0), wanted.get(1)),
                    strict);
            format.print(report.text(), report.json());
            return report.isSame() ? 0 : 1;
        });
    }

    private static List<PlatformComparison> images(
            ImagePlaces places, ImagePlace before, ImagePlace after, List<Platform> wanted) throws IOException {
        try (StoredImage one = places.open(before);
                StoredImage other = places.open(after)) {
            return PlatformComparison.of(
                    Inspection.of(one.root(), one.blobs()), Inspection.of(other.root(), other.blobs()), wanted);
        }
    }

    private static List<PlatformComparison> platforms(
            ImagePlaces places, ImagePlace image, Platform before, Platform after) throws IOException {
        try (StoredImage stored = places.open(image)) {
            Inspection inspection = Inspection.of(stored.root(), stored.blobs());
            return List.of(PlatformComparison.of(inspection.image(before), inspection.image(after)));
        }
    }
}
