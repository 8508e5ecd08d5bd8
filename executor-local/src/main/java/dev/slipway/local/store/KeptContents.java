package dev.slipway.local.store;

import dev.slipway.local.layer.Content;
import dev.slipway.oci.ExtentStream;
import dev.slipway.oci.disk.OwnFiles;
import dev.slipway.oci.posix.PathText;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** The bytes that one layer keeps, for one thread. */
sealed interface KeptContents extends Closeable {

    /** Opens the bytes of a file. */
    InputStream open(Content content) throws IOException;

    /** All of them in one file, one after the other. */
    final class OfFile implements KeptContents {

        private final FileChannel channel;

        OfFile(Path file) throws IOException {
            this.channel = FileChannel.open(file, StandardOpenOption.READ);
        }

        @Override
        public InputStream open(Content content) {
            return new ExtentStream(channel, content.offset(), content.size());
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** Each in its file of an unpacked layer. */
    final class OfTree implements KeptContents {

        private final Path tree;
        private final Map<Long, String> paths;

        OfTree(Path tree, Map<Long, String> paths) {
            this.tree = tree;
            this.paths = paths;
        }

        /** A file that is not there any more has no bytes, which its reader finds wrong. */
        @Override
        public InputStream open(Content content) throws IOException {
            String path = paths.get(content.offset());
            try {
                return path == null
                        ? InputStream.nullInputStream()
                        : Channels.newInputStream(OwnFiles.open(PathText.resolve(tree, path)));
            } catch (NoSuchFileException e) {
                return InputStream.nullInputStream();
            }
        }

        @Override
        public void close() {}
    }
}
