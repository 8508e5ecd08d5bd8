package dev.slipway.local.store;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.store.folder.TempFolder;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes in the bytes that a layer will keep, one file after the other. It belongs to one thread. */
public final class NewContents implements Closeable {

    private final TempFolder temp;
    private final byte[] buffer = new byte[1 << 16];
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long end;

    public NewContents(TempFolder temp) {
        this.temp = temp;
    }

    /** Takes in all bytes of a stream, which is not closed. */
    public Content add(InputStream in) throws IOException {
        MessageDigest digest = Digest.newSha256();
        long start = end;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
            write(n);
        }
        return Content.own(Digest.of(digest.digest()), end - start, start);
    }

    /** Takes in these bytes. */
    public Content add(byte[] bytes) throws IOException {
        return add(new ByteArrayInputStream(bytes));
    }

    private void write(int length) throws IOException {
        if (channel == null) {
            Path made = temp.newPath();
            file = made;
            channel = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        end += length;
    }

    /** Ends it: the file with all bytes, for the caller to take over; none if there are no bytes. */
    public Optional<Path> finish() throws IOException {
        if (channel == null) {
            return Optional.empty();
        }
        channel.close();
        Path finished = requireNonNull(file);
        channel = null;
        file = null;
        return Optional.of(finished);
    }

    /** Removes what was not taken over. */
    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(requireNonNull(file));
        }
    }
}
