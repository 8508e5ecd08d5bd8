package dev.slipway.oci.output;

import dev.slipway.executor.Output;
import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.ByteProgress;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.oci.disk.NewParents;
import dev.slipway.oci.layout.Aside;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** An archive that has been written beside its final file. */
final class StagedArchive implements StagedOutput {

    private final Path file;
    private final NewParents parents;
    private final Aside aside;

    private StagedArchive(Path file, NewParents parents, Aside aside) {
        this.file = file;
        this.parents = parents;
        this.aside = aside;
    }

    /** The content of an archive. */
    interface Content {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /**
     * Writes an archive. A stream, a device or a pipe is written directly, since it cannot be replaced.
     *
     * @param archive is written through a buffer
     * @param monitor hears how far it is
     */
    static StagedOutput write(Output output, Content archive, StepMonitor monitor)
            throws IOException, InterruptedException {
        String part = output.destination().map(Path::toString).orElse("stream");
        ByteProgress progress = new ByteProgress(monitor, Activity.WRITING, part, 0);
        Content content = out -> {
            archive.writeTo(progress.count(out));
            progress.done();
        };
        if (output.stream().isPresent()) {
            buffer(output.stream().get(), content);
            return NOTHING;
        }
        Path wanted = OutputPlace.of(output);
        if (OutputPlace.isDirect(output)) {
            try (OutputStream out = Files.newOutputStream(wanted, StandardOpenOption.WRITE)) {
                buffer(out, content);
            }
            return NOTHING;
        }
        // A link stays and points to the new file.
        Path file = Files.exists(wanted) ? wanted.toRealPath() : wanted;
        NewParents parents = NewParents.of(file);
        try {
            StagedArchive staged = new StagedArchive(file, parents, Aside.of(file, Files::deleteIfExists));
            staged.fill(content);
            return staged;
        } catch (IOException | RuntimeException e) {
            parents.close();
            throw e;
        }
    }

    private static void buffer(OutputStream out, Content content) throws IOException, InterruptedException {
        BufferedOutputStream buffer = new BufferedOutputStream(out, 1 << 16);
        content.writeTo(buffer);
        buffer.flush();
    }

    private void fill(Content content) throws IOException, InterruptedException {
        boolean whole = false;
        try (OutputStream out = Files.newOutputStream(aside.path(), StandardOpenOption.CREATE_NEW)) {
            buffer(out, content);
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    @Override
    public void publish() throws IOException {
        try {
            Files.move(aside.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(aside.path(), file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        try (parents;
                aside) {
            Files.deleteIfExists(aside.path());
        }
    }
}
