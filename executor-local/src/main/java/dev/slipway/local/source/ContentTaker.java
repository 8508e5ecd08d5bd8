package dev.slipway.local.source;

import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.Parallel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads files of a client and keeps what they hold: each is read once, and what was read is what the build gets, even if the
 * file changes meanwhile. A file that may still hold what it held is only read for its digest at first.
 */
final class ContentTaker {

    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final TempFolder temp;

    /**
     * @param folder where the files are
     * @param temp where what is kept goes
     */
    ContentTaker(Path folder, TempFolder temp) {
        this.folder = folder;
        this.temp = temp;
    }

    /**
     * Finds out the content of files.
     *
     * @return a temporary file with the bytes of all that are new, if there are any
     */
    Optional<Path> take(List<ScannedFile> files) throws IOException, InterruptedException {
        List<ScannedFile> known =
                files.stream().filter(file -> file.expected().isPresent()).toList();
        Parallel.forEach(known, size(known), () -> new Comparison(PinnedFolder.open(folder)));
        List<New> fresh = new ArrayList<>();
        long offset = 0;
        for (ScannedFile file : files) {
            if (file.content().isEmpty()) {
                fresh.add(new New(file, offset));
                offset += file.status().size();
            }
        }
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        Path contents = temp.newPath();
        Files.createFile(contents);
        Parallel.forEach(
                fresh,
                offset,
                () -> new Taking(PinnedFolder.open(folder), FileChannel.open(contents, StandardOpenOption.WRITE)));
        return Optional.of(contents);
    }

    private static long size(List<ScannedFile> files) {
        return files.stream().mapToLong(file -> file.status().size()).sum();
    }

    /**
     * A file whose bytes are kept.
     *
     * @param offset where they go; the size that the file had when it was looked at leaves room for them
     */
    private record New(ScannedFile file, long offset) {}

    /** Sees whether files still hold what they held, in one thread. */
    private static final class Comparison implements Parallel.Worker<ScannedFile> {

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        private final PinnedFolder folder;

        private Comparison(PinnedFolder folder) {
            this.folder = folder;
        }

        @Override
        public void accept(ScannedFile file) throws IOException {
            MessageDigest digest = Digest.newSha256();
            try (SeekableByteChannel in = folder.read(file.path())) {
                while (in.read(buffer.clear()) >= 0) {
                    digest.update(buffer.flip());
                }
            }
            Digest actual = Digest.of(digest.digest());
            file.expected().filter(known -> known.digest().equals(actual)).ifPresent(file::content);
        }

        @Override
        public void close() throws IOException {
            folder.close();
        }
    }

    /** Reads and keeps files, in one thread. */
    private static final class Taking implements Parallel.Worker<New> {

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        private final PinnedFolder folder;
        private final FileChannel contents;

        private Taking(PinnedFolder folder, FileChannel contents) {
            this.folder = folder;
            this.contents = contents;
        }

        @Override
        public void accept(New item) throws IOException {
            MessageDigest digest = Digest.newSha256();
            long size = item.file.status().size();
            long done = 0;
            try (SeekableByteChannel in = folder.read(item.file.path())) {
                while (done < size) {
                    buffer.clear().limit((int) Math.min(buffer.capacity(), size - done));
                    if (in.read(buffer) < 0) {
                        break;
                    }
                    digest.update(buffer.flip());
                    buffer.rewind();
                    while (buffer.hasRemaining()) {
                        done += contents.write(buffer, item.offset + done);
                    }
                }
            }
            item.file.content(Content.own(Digest.of(digest.digest()), done, item.offset));
        }

        @Override
        public void close() throws IOException {
            try (contents) {
                folder.close();
            }
        }
    }
}
