package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.Activity;
import dev.slipway.executor.event.ByteProgress;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.oci.disk.FileAttributes;
import dev.slipway.oci.disk.Links;
import dev.slipway.oci.disk.NewFiles;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.output.ExportedFiles.ExportedFile;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes files of images into a new folder, for whoever runs this program: all of them belong to that user. Files that this
 * user cannot create are left out, and their paths are remembered.
 */
final class FolderWriter {

    private static final int SHOWN = 10;

    private final Path target;
    private final Privileges privileges;
    private final Map<String, Path> folders = new HashMap<>();
    private final List<NewFile> folderList = new ArrayList<>();
    private final List<NewFile> files = new ArrayList<>();
    private final List<NewFile> hardLinks = new ArrayList<>();
    private final List<String> missingDevices = new ArrayList<>();
    private final List<String> missingAttributes = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // It is made with the folder, before any file.
    private NewFiles maker;

    /**
     * @param target is made
     * @param privileges the attributes that files can have; owners are never set
     */
    FolderWriter(Path target, Privileges privileges) {
        this.target = target;
        this.privileges = new Privileges(false, privileges.devices(), privileges.capabilities(), privileges.xattrs());
    }

    private record NewFile(Path path, ExportedFile file) {

        private Attributes attributes() {
            return Attributes.of(file.entry());
        }
    }

    void write(ExportedFiles exported, StepMonitor monitor) throws IOException, InterruptedException {
        Files.createDirectory(target);
        FileAttributes attributes = FileAttributes.ofNewFilesIn(target).with(privileges);
        maker = new NewFiles(attributes);
        folders.put("", target);
        try {
            while (exported.hasNext()) {
                add(exported.next());
            }
            long size =
                    files.stream().mapToLong(file -> file.file.entry().size()).sum();
            ByteProgress progress = new ByteProgress(monitor, Activity.WRITING, target.toString(), size);
            Parallel.forEach(files, () -> new ContentWriter(attributes, progress));
            progress.done();
        } catch (FileAlreadyExistsException e) {
            // The target was empty.
            throw new FileSystemException(
                    e.getFile(),
                    null,
                    "two names that differ only in upper and lower case are one name here; write an archive instead,"
                            + " such as type=tar");
        }
        for (NewFile link : hardLinks) {
            Links.hard(link.path, path(link.file.entry().linkTarget()));
        }
        // Adding files to a folder changes its time, so the times of folders come last, inner ones first.
        for (int i = folderList.size() - 1; i >= 0; i--) {
            NewFile folder = folderList.get(i);
            attributes.apply(folder.path, folder.attributes(), 0777);
        }
        attributes.apply(target, Attributes.of(exported.root()), 0777);
    }

    private Path path(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        Path folder = requireNonNull(folders.get(slash < 0 ? "" : path.substring(0, slash)));
        return maker.child(folder, path.substring(slash + 1));
    }

    private void add(ExportedFile file) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        FileEntry entry = file.entry();
        if (!entry.xattrs().keySet().stream().allMatch(privileges::allow)) {
            missingAttributes.add("/" + entry.path());
        }
        boolean device = entry.type() == EntryType.CHARACTER_DEVICE || entry.type() == EntryType.BLOCK_DEVICE;
        if (device && !privileges.devices()) {
            missingDevices.add("/" + entry.path());
            return;
        }
        NewFile made = new NewFile(path(entry.path()), file);
        switch (entry.type()) {
            case DIRECTORY -> {
                Files.createDirectory(made.path);
                folders.put(entry.path(), made.path);
                folderList.add(made);
            }
            case FILE -> files.add(made);
            case HARD_LINK -> hardLinks.add(made);
            case SYMLINK -> maker.link(made.path, entry.linkTarget(), made.attributes());
            case CHARACTER_DEVICE -> special(made, Posix.CHARACTER_DEVICE);
            case BLOCK_DEVICE -> special(made, Posix.BLOCK_DEVICE);
            case FIFO -> special(made, Posix.FIFO);
            case WHITEOUT, OPAQUE -> throw new IllegalArgumentException("an image has no " + entry);
        }
    }

    private void special(NewFile file, int type) throws IOException {
        FileEntry entry = file.file.entry();
        maker.special(file.path, type, entry.deviceMajor(), entry.deviceMinor(), file.attributes());
    }

    /** What was left out, each with what to do about it. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!missingDevices.isEmpty()) {
            warnings.add("device files are left out, because only root can make them: " + list(missingDevices)
                    + "; run as root, or write an archive with type=tar");
        }
        if (!missingAttributes.isEmpty()) {
            warnings.add("extended attributes, such as capabilities, are left out, because only root can set them: "
                    + list(missingAttributes) + "; run as root, or write an archive with type=tar");
        }
        return warnings;
    }

    private static String list(List<String> paths) {
        int more = paths.size() - SHOWN;
        return String.join(", ", paths.subList(0, Math.min(SHOWN, paths.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Writes regular files, in one thread. */
    private static final class ContentWriter implements Parallel.Worker<NewFile> {

        private final FileAttributes attributes;
        private final ByteProgress progress;
        private final Map<BuiltImage, ImageFiles> images = new IdentityHashMap<>();

        private ContentWriter(FileAttributes attributes, ByteProgress progress) {
            this.attributes = attributes;
            this.progress = progress;
        }

        @Override
        public void accept(NewFile file) throws IOException, InterruptedException {
            ImageFiles own = images.get(file.file.image());
            if (own == null) {
                own = file.file.image().files();
                images.put(file.file.image(), own);
            }
            try (InputStream in = file.file.open(own);
                    OutputStream out =
                            Files.newOutputStream(file.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                in.transferTo(out);
            }
            attributes.apply(file.path, file.attributes(), 0666);
            progress.add(file.file.entry().size());
        }

        @Override
        public void close() throws IOException {
            for (ImageFiles files : images.values()) {
                files.close();
            }
        }
    }
}
