package dev.slipway.oci.layer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.slipway.executor.image.Compression;
import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.oci.MediaTypes;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Compresses a layer in one pass: from the tar stream that is written to {@link #tar} comes the blob, its digest and the
 * digest of the tar stream.
 *
 * <p>Same content, same bytes, whatever the number of processors.
 */
public final class LayerBlobWriter implements Closeable {

    /** The highest level of zstd with which several threads compress: above it, each of them takes tens of megabytes. */
    private static final int HIGHEST_SHARED_LEVEL = 9;

    /** More bring little: four of them compress as much as one thread reads and digests. */
    private static final int MAX_ZSTD_THREADS = 4;

    /** How much of a layer one thread of zstd takes at a time. */
    private static final int ZSTD_JOB = 2 << 20;

    private final DigestOutputStream compressed;
    private final DigestOutputStream plain;
    private final Compression compression;

    /**
     * @param blob where the blob goes; it is flushed, but not closed
     * @param compression how to compress
     */
    public LayerBlobWriter(OutputStream blob, Compression compression) throws IOException {
        this.compressed = new DigestOutputStream(new Unclosed(blob));
        this.plain = new DigestOutputStream(compress(compressed, compression));
        this.compression = compression;
    }

    /** Where the tar stream is written, for example by a {@link LayerWriter}. */
    public OutputStream tar() {
        return plain;
    }

    /**
     * Ends the blob.
     *
     * @return what was written; call this once
     */
    public LayerBlob finish() throws IOException {
        close();
        return new LayerBlob(
                Descriptor.of(MediaTypes.layer(compression.format()), compressed.digest(), compressed.count()),
                plain.digest(),
                plain.count());
    }

    /** Frees the resources for compression. Without {@link #finish} before it, the blob is useless. */
    @Override
    public void close() throws IOException {
        plain.close();
    }

    private static OutputStream compress(OutputStream out, Compression compression) throws IOException {
        return switch (compression.format()) {
            case NONE -> out;
            case GZIP -> new GzipOutputStream(out, compression.level());
            case ZSTD -> zstd(out, compression.level());
        };
    }

    /** Threads of zstd's own take one job each. There is at least one, without which it would cut the layer in another way. */
    private static OutputStream zstd(OutputStream out, int level) throws IOException {
        // To the library 0 means its usual level.
        ZstdOutputStreamNoFinalizer zstd = new ZstdOutputStreamNoFinalizer(out, Math.max(1, level));
        return level > HIGHEST_SHARED_LEVEL
                ? zstd
                : zstd.setWorkers(Math.min(MAX_ZSTD_THREADS, CompressionThreads.COUNT))
                        .setJobSize(ZSTD_JOB);
    }

    /** The underlying stream stays open, since it belongs to the caller. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
