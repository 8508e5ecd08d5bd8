package dev.slipway.local.store;

import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.folder.StoredLines;
import dev.slipway.oci.disk.OwnFiles;
import dev.slipway.oci.disk.Parallel;
import dev.slipway.oci.posix.PathText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Checks an unpacked layer, whose files processes read without anybody looking at them, once after each start of the machine.
 * Nothing that is written to a store waits for the disk, so that a power cut can leave files of a tree without their bytes,
 * though the tree has its name. All else in a store is checked against its digest whenever it is read.
 */
final class TreeCheck {

    private static final Path START = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String SUFFIX = ".start";

    private final String start;

    private TreeCheck(String start) {
        this.start = start;
    }

    /** A check that knows this start of the machine by the name that the kernel gives it. */
    static TreeCheck ofThisStart() {
        try {
            return new TreeCheck(Files.readString(START).strip());
        } catch (IOException e) {
            // No Linux, so that nothing runs in a tree either.
            return new TreeCheck("");
        }
    }

    /** Whether a tree was made or checked since the machine was started. */
    boolean isDone(Path tree) {
        try {
            return StoredLines.read(mark(tree)).equals(List.of(start));
        } catch (IOException e) {
            return start.isEmpty();
        }
    }

    /** Notes that a tree is right. If that cannot be written, it is checked once more. */
    void done(Path tree) {
        try {
            Files.writeString(mark(tree), start + "\n");
        } catch (IOException e) {
            // The tree is right all the same.
        }
    }

    private static Path mark(Path tree) {
        return tree.resolveSibling(tree.getFileName() + SUFFIX);
    }

    /** Whether the files of a tree have the bytes that they had. What this user cannot read is passed over. */
    static boolean isIntact(Directory layer, Path tree) throws IOException, InterruptedException {
        List<Stored> files = new ArrayList<>();
        collect(layer, tree, Collections.newSetFromMap(new IdentityHashMap<>()), files);
        AtomicBoolean intact = new AtomicBoolean(true);
        Parallel.forEach(files, () -> new Checker(intact));
        return intact.get();
    }

    private record Stored(Path path, Content content) {}

    private static void collect(Directory layer, Path folder, Set<RegularFile> seen, List<Stored> files)
            throws IOException {
        for (int i = 0; i < layer.size(); i++) {
            Node node = layer.node(i);
            if (node instanceof Directory child) {
                collect(child, PathText.resolve(folder, layer.name(i)), seen, files);
            } else if (node instanceof RegularFile file && seen.add(file)) {
                files.add(new Stored(PathText.resolve(folder, layer.name(i)), file.content()));
            }
        }
    }

    /** Checks files, in one thread. */
    private static final class Checker implements Parallel.Worker<Stored> {

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        private final AtomicBoolean intact;

        private Checker(AtomicBoolean intact) {
            this.intact = intact;
        }

        @Override
        public void accept(Stored file) throws IOException {
            if (intact.get() && !isIntact(file)) {
                intact.set(false);
            }
        }

        private boolean isIntact(Stored file) throws IOException {
            try (FileChannel in = OwnFiles.open(file.path)) {
                return in.size() == file.content.size()
                        && (in.size() == 0 || digest(in).equals(file.content.digest()));
            } catch (NoSuchFileException e) {
                return false;
            } catch (FileSystemException e) {
                return true; // It is another user's.
            }
        }

        private Digest digest(FileChannel in) throws IOException {
            MessageDigest digest = Digest.newSha256();
            while (in.read(buffer.clear()) >= 0) {
                digest.update(buffer.flip());
            }
            return Digest.of(digest.digest());
        }

        @Override
        public void close() {}
    }
}
