package dev.slipway.local.store;

import static java.util.Objects.requireNonNull;

import dev.slipway.local.layer.Content;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the bytes of files, from whichever layers keep them. It belongs to one thread. */
public final class ContentReader implements Closeable {

    private static final int MAX_OPEN = 64;

    private final Contents contents;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final Map<String, KeptContents> open = new LinkedHashMap<>(16, 0.75f, true);

    ContentReader(Contents contents) {
        this.contents = contents;
    }

    /** Opens the bytes of a file. They are to be read before the next ones are opened. */
    public InputStream open(Content content) throws IOException, InterruptedException {
        return content.size() == 0
                ? InputStream.nullInputStream()
                : new CheckedContent(kept(content.home()).open(content), content, contents);
    }

    /** Copies the bytes of a file to where the target stands. */
    public void copy(Content content, WritableByteChannel target) throws IOException, InterruptedException {
        try (InputStream in = open(content)) {
            for (int n = in.read(buffer.array()); n >= 0; n = in.read(buffer.array())) {
                buffer.clear().limit(n);
                while (buffer.hasRemaining()) {
                    target.write(buffer);
                }
            }
        }
    }

    private KeptContents kept(String layer) throws IOException, InterruptedException {
        KeptContents kept = open.get(layer);
        if (kept == null) {
            if (open.size() >= MAX_OPEN) {
                String eldest = open.keySet().iterator().next();
                requireNonNull(open.remove(eldest)).close();
            }
            kept = contents.open(layer);
            open.put(layer, kept);
        }
        return kept;
    }

    @Override
    public void close() throws IOException {
        for (KeptContents kept : open.values()) {
            kept.close();
        }
    }
}
