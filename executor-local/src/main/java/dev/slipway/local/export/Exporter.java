package dev.slipway.local.export;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExportRequest;
import dev.slipway.executor.ExportRequest.PlatformImage;
import dev.slipway.executor.ExportResult;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.llb.Digest;
import dev.slipway.local.export.ImageExport.Made;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.FileErrors;
import dev.slipway.oci.image.AssembledImage;
import dev.slipway.oci.layout.LayoutImage;
import dev.slipway.oci.layout.OciArchiveWriter;
import dev.slipway.oci.layout.OciFolderWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes the outputs of a build. */
public final class Exporter {

    private final Store store;
    private final ExportRequest request;
    private final BaseLayers bases;
    private final StepMonitor monitor;
    private Optional<Made> images = Optional.empty();

    /**
     * @param bases the base images of the build
     */
    public Exporter(Store store, BaseLayers bases, ExportRequest request, StepMonitor monitor) {
        this.store = store;
        this.bases = bases;
        this.request = request;
        this.monitor = monitor;
    }

    /**
     * Writes all outputs; those to streams come last, for they cannot be taken back.
     *
     * @throws ExecutorException if one cannot be written; it is as it was before then
     */
    public ExportResult run() throws InterruptedException {
        List<Output> outputs = new ArrayList<>(request.outputs());
        outputs.sort(Comparator.comparing(output -> output.stream().isPresent()));
        for (Output output : outputs) {
            try {
                write(output);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                String place = output.destination().map(path -> " " + path).orElse("");
                throw new ExecutorException(
                        "cannot write the output type=" + output.type() + place + ": " + FileErrors.reason(e), e);
            }
        }
        return result();
    }

    private void write(Output output) throws IOException, InterruptedException {
        switch (output.type()) {
            case "oci" -> writeLayout(output);
            case "local" -> new LocalExport(store).writeFolder(request, output, monitor);
            case "tar" -> new LocalExport(store).writeArchive(request, output);
            case "cacheonly" -> {
                // Running the steps was all.
            }
            default ->
                throw new ExecutorException("the local executor cannot write an output of the type " + output.type());
        }
    }

    static Path destination(Output output) {
        return output.destination()
                .orElseThrow(() -> new ExecutorException("output type=" + output.type() + " needs a destination"))
                .toAbsolutePath();
    }

    private void writeLayout(Output output) throws IOException, InterruptedException {
        ImageOptions options = ImageOptions.of(output);
        Made made = new ImageExport(store, bases, options, monitor).make(request);
        images = Optional.of(made);
        Map<String, String> annotations = new TreeMap<>(made.root().annotations());
        created(made).ifPresent(time -> annotations.put(LayoutImage.CREATED, time));
        LayoutImage image = new LayoutImage(made.root().withAnnotations(annotations), options.names(), made.blobs());
        if (output.flag(ImageOptions.TAR, true)) {
            writeArchive(output, out -> OciArchiveWriter.write(image, out));
        } else {
            OciFolderWriter.write(image, destination(output));
        }
    }

    /** Writes an archive to where an output wants it. */
    static void writeArchive(Output output, NewFile.Content archive) throws IOException, InterruptedException {
        NewFile.Content buffered = out -> {
            BufferedOutputStream buffer = new BufferedOutputStream(out, 1 << 16);
            archive.writeTo(buffer);
            buffer.flush();
        };
        if (output.stream().isPresent()) {
            buffered.writeTo(output.stream().get());
        } else {
            NewFile.write(destination(output), buffered);
        }
    }

    /** The time of the newest image, so that the same images are the same output. */
    private static Optional<String> created(Made made) {
        return made.images().stream()
                .flatMap(image -> image.config().created().stream())
                .max(OffsetDateTime.timeLineOrder())
                .map(time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.truncatedTo(ChronoUnit.SECONDS)));
    }

    private ExportResult result() {
        List<ExportResult.Image> results = new ArrayList<>();
        for (int i = 0; i < request.images().size(); i++) {
            PlatformImage wanted = request.images().get(i);
            int position = i;
            Optional<AssembledImage> made = images.map(all -> all.images().get(position));
            results.add(new ExportResult.Image(
                    wanted.platform(),
                    made.map(image -> image.descriptor().digest()),
                    made.map(image -> image.config().json()).orElse(wanted.config())));
        }
        Optional<Digest> root = images.map(all -> all.root().digest());
        return new ExportResult(results, root);
    }
}
