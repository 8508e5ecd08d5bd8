package dev.slipway.cli;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.Platform;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.place.ImagePlace;
import dev.slipway.oci.place.ImagePlaces;
import dev.slipway.oci.registry.RegistryClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What the commands have in common that work with images. */
final class ImageAccess {

    private ImageAccess() {}

    /** Work with images, which fails as it does. */
    interface Work {

        int run(ImagePlaces places) throws IOException, InterruptedException;
    }

    /** Does some work, with the user's registries, and returns its exit code. */
    static int run(Work work) throws InterruptedException {
        try {
            return work.run(new ImagePlaces(new RegistryClient(UserConfig.registries())));
        } catch (IOException e) {
            throw new ExecutorException(FileErrors.reason(e), e);
        }
    }

    /** The place that a user has written. */
    static ImagePlace place(String text) {
        return UsageException.checked(text, () -> ImagePlace.parse(text));
    }

    /** The platforms of an option that takes several. */
    static List<Platform> platforms(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> UsageException.checked("--platform " + text, () -> Platform.parse(text)))
                .toList();
    }
}
