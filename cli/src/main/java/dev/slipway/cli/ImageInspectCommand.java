package dev.slipway.cli;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.llb.Platform;
import dev.slipway.oci.inspect.InspectedImage;
import dev.slipway.oci.inspect.Inspection;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway image inspect}. */
@Command(
        name = "inspect",
        description = "Show what an image is made of, without running it.",
        mixinStandardHelpOptions = true)
final class ImageInspectCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "IMAGE",
            description = "Image: NAME[:TAG], oci-layout://FOLDER[:TAG], docker-archive://FILE[:NAME], or the path of"
                    + " a layout or archive that begins with /, ./ or ../.")
    private String image;

    @Option(
            names = {"-p", "--platform"},
            paramLabel = "PLATFORM",
            description = "Show the image for these platforms in full.")
    private List<String> platforms = List.of();

    @Option(names = "--files", description = "Show the files as well. All layers are read for it.")
    private boolean files;

    @Option(names = "--raw", description = "Print the manifest or index as it is.")
    private boolean raw;

    @Mixin
    private FormatOption format;

    @Override
    public Integer call() throws InterruptedException {
        ImagePlace place = ImageAccess.place(image);
        List<Platform> wanted = ImageAccess.platforms(platforms);
        if (raw && wanted.size() > 1) {
            throw new UsageException("--raw prints one document; name one platform");
        }
        return ImageAccess.run(places -> {
            try (StoredImage stored = places.open(place)) {
                Inspection inspection = Inspection.of(stored.root(), stored.blobs());
                if (raw) {
                    print(stored, inspection, wanted);
                } else {
                    ImageListing listing =
                            new ImageListing(place.toString(), inspection, shown(inspection, wanted), files);
                    format.print(ImageListingText.of(listing), ImageListingJson.of(listing));
                }
            }
            return 0;
        });
    }

    /** Those that were asked for; else all, if there is only one, or if there is more to see than an index says. */
    private List<InspectedImage> shown(Inspection inspection, List<Platform> wanted) throws IOException {
        if (wanted.isEmpty()) {
            return inspection.index().isEmpty() || files || format.isJson() ? inspection.images() : List.of();
        }
        List<InspectedImage> shown = new ArrayList<>();
        for (Platform platform : wanted) {
            shown.add(inspection.image(platform));
        }
        return shown;
    }

    private static void print(StoredImage stored, Inspection inspection, List<Platform> wanted) throws IOException {
        Descriptor document = wanted.isEmpty()
                ? stored.root()
                : inspection.image(wanted.get(0)).image().descriptor();
        System.out.write(stored.blobs().read(document).toArray());
        System.out.flush();
    }
}
