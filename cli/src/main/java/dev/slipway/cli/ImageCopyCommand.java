package dev.slipway.cli;

import dev.slipway.llb.Platform;
import dev.slipway.oci.merge.PlatformFilter;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.ImageSink;
import dev.slipway.oci.place.SentImage;
import dev.slipway.oci.place.StoredImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code slipway image copy}. */
@Command(
        name = "copy",
        description = "Copy an image from one place to others. Nothing is compressed again; digests stay.",
        mixinStandardHelpOptions = true)
final class ImageCopyCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FROM",
            description = "Image: NAME[:TAG], oci-layout://FOLDER[:TAG], docker-archive://FILE[:NAME], or the path of"
                    + " a layout or archive that begins with /, ./ or ../.")
    private String from;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TO",
            description = "Where it goes: the same, and oci-archive://FILE.")
    private List<String> to = List.of();

    @Option(
            names = {"-p", "--platform"},
            paramLabel = "PLATFORM",
            description = "Copy the image for these platforms only, with what is attested of it.")
    private List<String> platforms = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but the digest.")
    private boolean quiet;

    @Override
    public Integer call() throws InterruptedException {
        ImagePlace source = ImageAccess.place(from);
        List<ImagePlace> targets = to.stream().map(ImageAccess::place).toList();
        List<Platform> wanted = ImageAccess.platforms(platforms);
        return ImageAccess.run(places -> {
            List<ImageSink> sinks = new ArrayList<>();
            for (ImagePlace target : targets) {
                sinks.add(places.sink(target));
            }
            try (StoredImage stored = places.open(source)) {
                SentImage image = PlatformFilter.apply(SentImage.of(stored), wanted);
                for (ImageSink sink : sinks) {
                    sink.write(image, new TransferProgress(quiet));
                }
                System.out.println(image.root().digest());
            }
            return 0;
        });
    }
}
