package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.Slipway;
import dev.slipway.executor.Output;
import dev.slipway.llb.Platform;
import dev.slipway.oci.compare.PlatformComparison;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.inspect.Inspection;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.ImagePlaces;
import dev.slipway.oci.place.StoredImage;
import dev.slipway.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code slipway image verify}. */
@Command(
        name = "verify",
        description = "Build again, and compare with an image that was built before. Ends with 0 if it is the same,"
                + " with 1 if it is not, and with 2 if that cannot be found out.",
        exitCodeOnExecutionException = 2,
        mixinStandardHelpOptions = true)
final class ImageVerifyCommand implements Callable<Integer> {

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description = "The image to compare with, written as for inspect.")
    @SuppressWarnings("NullAway.Init") // Required, so that picocli sets it.
    private String image;

    @Mixin
    private BuildOptions options;

    @Mixin
    private SandboxOption sandbox;

    @Option(
            names = "--strict",
            description = "Times count too, and so does how layers with the same files are packed and compressed.")
    private boolean strict;

    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress of the build.")
    private boolean quiet;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        ImagePlace given = ImageAccess.place(image);
        return ImageAccess.run(places -> {
            try (StoredImage stored = places.open(given)) {
                Inspection before = Inspection.of(stored.root(), stored.blobs());
                ComparisonReport report = new ComparisonReport(compare(places, before), strict);
                format.print(report.text(), report.json());
                return report.isSame() ? 0 : 1;
            }
        });
    }

    private List<PlatformComparison> compare(ImagePlaces places, Inspection before)
            throws IOException, InterruptedException {
        BuildRequest request = options.request();
        List<Platform> wanted = new ArrayList<>(request.platforms());
        if (wanted.isEmpty()) {
            before.images().forEach(built -> wanted.add(built.platform()));
            request = request.platforms(wanted.stream().map(Platform::formatAll).toArray(String[]::new));
        }
        Path folder = Files.createTempDirectory("slipway-verify");
        try {
            Path layout = folder.resolve("image");
            try (Slipway slipway = sandbox.open()) {
                slipway.build(
                        request.output(Output.ociLayout(layout)), quiet ? Progress.none() : Progress.plain(System.err));
            }
            try (StoredImage built = places.open(new ImagePlace.OfLayout(
                    layout, Optional.empty(), Optional.empty(), ImagePlace.LayoutForm.FOLDER))) {
                return PlatformComparison.of(before, Inspection.of(built.root(), built.blobs()), wanted);
            }
        } finally {
            Folders.delete(folder);
        }
    }
}
