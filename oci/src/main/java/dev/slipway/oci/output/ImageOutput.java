package dev.slipway.oci.output;

import dev.slipway.executor.Output;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** An image in registries. There is no image store for images that are not pushed. */
final class ImageOutput implements OutputType {

    static final String IMAGE = "image";

    /** The same type, but always pushed. */
    static final String REGISTRY = "registry";

    private static final SortedSet<String> OPTIONS = allOptions();

    private static SortedSet<String> allOptions() {
        SortedSet<String> options = new TreeSet<>(ImageOptions.NAMES);
        options.remove(ImageOptions.TAR);
        options.addAll(ImageOptions.STORED);
        options.addAll(PushOptions.NAMES);
        return Collections.unmodifiableSortedSet(options);
    }

    @Override
    public SortedSet<String> options() {
        return OPTIONS;
    }

    @Override
    public boolean takes(String option) {
        return options().contains(option) || Annotation.isOption(option);
    }

    @Override
    public void check(Output output, Targets targets) {
        OutputPlace.requireNone(output);
        ImageOptions options = ImageOptions.of(output);
        options.annotations().check(targets);
        PushOptions.of(output, options.names());
    }

    @Override
    public StagedOutput write(Output output, Export export) throws IOException, InterruptedException {
        ImageOptions options = ImageOptions.of(output);
        PushOptions push = PushOptions.of(output, options.names());
        MadeImages made = export.images(options);
        if (!push.isPushed()) {
            export.monitor()
                    .warn(
                            "type=image: there is no image store here, so the image stays in the cache only; add push=true,"
                                    + " or write it with type=oci,dest=FILE");
            return StagedOutput.NOTHING;
        }
        return StagedPush.write(made, push.targets(), push.through(export.registries()), export.monitor());
    }
}
