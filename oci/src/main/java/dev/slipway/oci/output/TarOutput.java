package dev.slipway.oci.output;

import dev.slipway.executor.Output;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.SortedSet;

/** The files of images as a tar archive. */
final class TarOutput implements OutputType {

    @Override
    public SortedSet<String> options() {
        return FileOptions.NAMES;
    }

    @Override
    public void check(Output output, Targets targets) {
        FileOptions.of(output, true);
        OutputPlace.requireFile(output, "");
    }

    @Override
    public StagedOutput write(Output output, Export export) throws IOException, InterruptedException {
        FileOptions options = FileOptions.of(output, export.set().multiPlatform());
        return StagedArchive.write(
                output,
                out -> {
                    try (ExportedFiles files = ExportedFiles.of(export.set(), options)) {
                        LayerWriter tar = new LayerWriter(out);
                        while (files.hasNext()) {
                            write(files.next(), tar);
                        }
                        tar.close();
                    }
                },
                export.monitor());
    }

    private static void write(ExportedFiles.ExportedFile file, LayerWriter tar)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        FileEntry entry = file.entry();
        if (entry.type() == EntryType.FILE) {
            try (InputStream content = file.open()) {
                tar.write(entry, content);
            }
        } else {
            tar.write(entry);
        }
    }
}
