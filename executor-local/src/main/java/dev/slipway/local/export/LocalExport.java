package dev.slipway.local.export;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.ExportRequest;
import dev.slipway.executor.ExportRequest.PlatformImage;
import dev.slipway.executor.Output;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.LayerTar;
import dev.slipway.local.store.Store;
import dev.slipway.oci.disk.Folders;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.LayerWriter;
import dev.slipway.oci.layout.Aside;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the files of results, without an image around them; of several platforms, each into a folder of its own. */
final class LocalExport {

    private final Store store;

    LocalExport(Store store) {
        this.store = store;
    }

    /** Writes an archive. */
    void writeArchive(ExportRequest request, Output output) throws IOException, InterruptedException {
        Directory root = root(request, output);
        Exporter.writeArchive(output, out -> {
            try (ContentReader contents = store.contents().reader()) {
                LayerWriter tar = new LayerWriter(out);
                LayerTar.writeFiles(root, tar, contents);
                tar.close();
            }
        });
    }

    /**
     * Writes a folder. Files that are there already stay unless the result has others of the same path; folders become like those
     * of the result. Everything is written aside before the first of them is touched.
     */
    void writeFolder(ExportRequest request, Output output, StepMonitor monitor)
            throws IOException, InterruptedException {
        Path folder = Exporter.destination(output);
        Directory root = root(request, output);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new ExecutorException(folder + " is no folder");
        }
        boolean exists = Files.exists(folder);
        Files.createDirectories(folder.getParent());
        try (Aside name = Aside.of(exists ? folder.resolve("slipway") : folder, Folders::delete)) {
            Path aside = name.path();
            try {
                Privileges privileges =
                        SystemFiles.areKnownToKernel(aside) ? Privileges.in(aside.getParent()) : Privileges.ALL;
                OrdinaryFiles files = new OrdinaryFiles(root, privileges);
                files.warnings().forEach(monitor::warn);
                store.exportFiles(files.root(), aside, privileges);
                if (exists) {
                    new FolderMerge(monitor).run(aside, folder);
                } else {
                    Files.move(aside, folder);
                }
            } finally {
                Folders.delete(aside);
            }
        }
    }

    private Directory root(ExportRequest request, Output output) throws IOException, InterruptedException {
        FileOptions options = FileOptions.of(output, request.multiPlatform());
        Map<String, Directory> platforms = new LinkedHashMap<>();
        for (PlatformImage image : request.images()) {
            platforms.put(image.platform().format(), files(image, options));
        }
        if (!options.split()) {
            return MergedFiles.of(platforms);
        }
        SortedMap<String, Node> folders = new TreeMap<>();
        platforms.forEach((platform, files) -> folders.put(platform.replace('/', '_'), files));
        return Directory.of(Attributes.DEFAULT_FOLDER, folders);
    }

    private Directory files(PlatformImage image, FileOptions options) throws IOException, InterruptedException {
        return FileTree.of(store.roots().files(image.root()), options.epoch().of(image));
    }
}
