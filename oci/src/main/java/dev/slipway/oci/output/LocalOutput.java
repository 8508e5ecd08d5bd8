package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.NewParents;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layout.Aside;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;

/**
 * The files of images in a folder. Existing files stay unless an image has one at the same path. Folders get the attributes of
 * those in the image.
 */
final class LocalOutput implements OutputType {

    @Override
    public SortedSet<String> options() {
        return FileOptions.NAMES;
    }

    @Override
    public void check(Output output, Targets targets) {
        FileOptions.of(output, true);
        OutputPlace.requireFolder(output);
    }

    @Override
    public StagedOutput write(Output output, Export export) throws IOException, InterruptedException {
        Path folder = OutputPlace.of(output);
        boolean exists = Files.exists(folder);
        NewParents parents = NewParents.of(folder);
        try {
            // Inside an existing folder, which may be the root of a file system.
            Aside aside = Aside.of(exists ? folder.resolve("slipway") : folder, Folders::delete);
            StagedFolder staged = new StagedFolder(folder, exists, parents, aside, export.monitor());
            staged.fill(export.set(), FileOptions.of(output, export.set().multiPlatform()));
            return staged;
        } catch (IOException | RuntimeException | InterruptedException e) {
            parents.close();
            throw e;
        }
    }

    private record StagedFolder(Path folder, boolean exists, NewParents parents, Aside aside, StepMonitor monitor)
            implements StagedOutput {

        private void fill(ImageSet set, FileOptions options) throws IOException, InterruptedException {
            boolean whole = false;
            try (ExportedFiles files = ExportedFiles.of(set, options)) {
                Privileges privileges = SystemFiles.areKnownToKernel(aside.path())
                        ? Privileges.in(requireNonNull(aside.path().getParent()))
                        : Privileges.ALL;
                FolderWriter writer = new FolderWriter(aside.path(), privileges);
                writer.write(files, monitor);
                writer.warnings().forEach(monitor::warn);
                whole = true;
            } finally {
                if (!whole) {
                    close();
                }
            }
        }

        @Override
        public void publish() throws IOException {
            if (exists) {
                new FolderMerge(monitor).run(aside.path(), folder);
            } else {
                Files.move(aside.path(), folder);
            }
        }

        @Override
        public void close() throws IOException {
            try (parents;
                    aside) {
                Folders.delete(aside.path());
            }
        }
    }
}
