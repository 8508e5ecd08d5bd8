package dev.slipway.oci.output;

import dev.slipway.executor.Output;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciArchiveWriter;
import dev.slipway.oci.layout.OciFolderWriter;
import java.io.IOException;
import java.util.SortedSet;

/** An OCI image layout: an archive, or a folder with {@code tar=false}. */
final class OciOutput implements OutputType {

    @Override
    public SortedSet<String> options() {
        return ImageOptions.NAMES;
    }

    @Override
    public boolean takes(String option) {
        return options().contains(option) || Annotation.isOption(option);
    }

    @Override
    public void check(Output output, Targets targets) {
        ImageOptions.of(output).annotations().check(targets);
        if (isArchive(output)) {
            OutputPlace.requireFile(output, ", or write into the folder with tar=false");
        } else {
            OutputPlace.requireFolder(output);
        }
    }

    private static boolean isArchive(Output output) {
        return output.flag(ImageOptions.TAR, true);
    }

    @Override
    public StagedOutput write(Output output, Export export) throws IOException, InterruptedException {
        ImageOptions options = ImageOptions.of(output);
        LayoutImage image = Layouts.image(export.images(options), options.names());
        export.described(image.root());
        return isArchive(output)
                ? StagedArchive.write(output, out -> OciArchiveWriter.write(image, out), export.monitor())
                : new StagedLayout(OciFolderWriter.writeAside(image, OutputPlace.of(output)));
    }

    private record StagedLayout(OciFolderWriter writer) implements StagedOutput {

        @Override
        public void publish() throws IOException {
            writer.publish();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
