package dev.slipway.local.store;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.event.ByteProgress;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SpecialFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.layer.Whiteout;
import dev.slipway.oci.disk.FileAttributes;
import dev.slipway.oci.disk.Links;
import dev.slipway.oci.disk.NewFiles;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.disk.Privileges;
import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unpacks a layer in the form of overlayfs: whiteouts are 0:0 devices, opaque folders carry a mark. */
final class TreeWriter {

    private static final String OPAQUE = "overlay.opaque";

    private final Contents contents;
    private final FileAttributes attributes;
    private final NewFiles maker;
    private final List<NewFile> files = new ArrayList<>();
    private final Map<RegularFile, Path> names = new IdentityHashMap<>();
    private final List<NewLink> hardLinks = new ArrayList<>();
    private final List<NewFolder> folders = new ArrayList<>();

    private TreeWriter(Contents contents, FileAttributes attributes) {
        this.contents = contents;
        this.attributes = attributes;
        this.maker = new NewFiles(attributes);
    }

    private record NewFile(Path path, RegularFile file) {}

    private record NewLink(Path path, RegularFile file) {}

    private record NewFolder(Path path, Attributes attributes) {}

    /**
     * Unpacks a layer.
     *
     * @param below the root that the layer lies upon
     * @param target is made
     * @param privileges what the files can be like
     * @param monitor hears how far it is
     */
    static void write(
            Directory layer,
            Directory below,
            Path target,
            Contents contents,
            Privileges privileges,
            UnpackMonitor monitor)
            throws IOException, InterruptedException {
        Files.createDirectory(target);
        FileAttributes attributes = FileAttributes.ofNewFilesIn(target).with(privileges);
        new TreeWriter(contents, attributes).write(layer, below, target, monitor);
    }

    private void write(Directory layer, Directory below, Path target, UnpackMonitor monitor)
            throws IOException, InterruptedException {
        try {
            fill(target, layer, Optional.of(below));
            long size =
                    files.stream().mapToLong(item -> item.file.content().size()).sum();
            ByteProgress progress = monitor.begin(size);
            Parallel.forEach(files, () -> new FileWriter(contents.reader(), attributes, progress));
            progress.done();
        } catch (FileAlreadyExistsException e) {
            // The target was empty.
            throw new FileSystemException(
                    e.getFile(),
                    null,
                    "two names that differ only in upper and lower case are one name here; write an archive instead,"
                            + " such as type=tar");
        }
        for (NewLink link : hardLinks) {
            Links.hard(link.path, requireNonNull(names.get(link.file)));
        }
        // What is in a folder changes its time, so folders come last, the inner ones first.
        for (NewFolder folder : folders) {
            attributes.apply(folder.path, folder.attributes, 0777);
        }
    }

    private void fill(Path path, Directory layer, Optional<Directory> below) throws IOException {
        for (int i = 0; i < layer.size(); i++) {
            String name = layer.name(i);
            Path child = maker.child(path, name);
            Node node = layer.node(i);
            if (node instanceof Directory directory) {
                Files.createDirectory(child);
                fill(
                        child,
                        directory,
                        below.flatMap(root -> root.child(name))
                                .filter(Directory.class::isInstance)
                                .map(Directory.class::cast));
            } else {
                add(child, node);
            }
        }
        boolean implied = layer.isImplicit() && below.isPresent();
        folders.add(new NewFolder(path, implied ? below.get().attributes() : layer.attributes()));
        if (layer.isOpaque()) {
            String name = (attributes.privileges().xattrs() ? "trusted." : "user.") + OPAQUE;
            Posix.get().setXattr(path, name, "y".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void add(Path path, Node node) throws IOException {
        if (node instanceof RegularFile file) {
            if (names.putIfAbsent(file, path) == null) {
                files.add(new NewFile(path, file));
            } else {
                hardLinks.add(new NewLink(path, file));
            }
        } else if (node instanceof SymbolicLink link) {
            maker.link(path, link.target(), link.attributes());
        } else if (node instanceof SpecialFile special) {
            maker.special(path, typeBits(special), special.major(), special.minor(), special.attributes());
        } else if (node == Whiteout.INSTANCE) {
            Posix.get().makeNode(path, Posix.CHARACTER_DEVICE, 0, 0);
        }
    }

    private static int typeBits(SpecialFile special) {
        return switch (special.kind()) {
            case CHARACTER_DEVICE -> Posix.CHARACTER_DEVICE;
            case BLOCK_DEVICE -> Posix.BLOCK_DEVICE;
            case FIFO -> Posix.FIFO;
            case SOCKET -> Posix.SOCKET;
        };
    }

    /** Writes regular files, in one thread. */
    private record FileWriter(ContentReader reader, FileAttributes attributes, ByteProgress progress)
            implements Parallel.Worker<NewFile> {

        @Override
        public void accept(NewFile item) throws IOException, InterruptedException {
            try (FileChannel out =
                    FileChannel.open(item.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                reader.copy(item.file.content(), out);
            }
            attributes.apply(item.path, item.file.attributes(), 0666);
            progress.add(item.file.content().size());
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
