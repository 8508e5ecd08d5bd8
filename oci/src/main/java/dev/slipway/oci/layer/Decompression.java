package dev.slipway.oci.layer;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.slipway.executor.image.Compression;
import dev.slipway.oci.InvalidImageException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** Decompresses a stream, whose format it recognizes by the first bytes. */
public final class Decompression {

    /** The format of content that is not compressed, or in an unknown way. */
    public static final String NONE = "none";

    private static final int BUFFER = 1 << 16;
    /** How many first bytes are needed to recognize a format. */
    private static final int MAGIC = 6;

    private static final int MAX_XZ_MEMORY_KIB = 256 << 10;

    private Decompression() {}

    /**
     * The uncompressed content of a stream that may be compressed with gzip, zstd, bzip2 or xz; several compressed pieces one
     * after the other are one content.
     *
     * @throws InvalidImageException if the first bytes promise a format that does not follow
     */
    public static InputStream open(InputStream in) throws IOException {
        Input input = new Input(new BufferedInputStream(in, BUFFER));
        String format = format(peek(input));
        try {
            return switch (format) {
                case "gzip" -> new Output(new GZIPInputStream(input, BUFFER), input, format);
                case "zstd" -> new Output(new ZstdInputStreamNoFinalizer(input), input, format);
                case "bzip2" -> new Output(new BZip2CompressorInputStream(input, true), input, format);
                case "xz" -> new Output(new XZInputStream(input, MAX_XZ_MEMORY_KIB), input, format);
                default -> input;
            };
        } catch (IOException e) {
            throw input.failure == null
                    ? new InvalidImageException("the compressed content is damaged: " + e.getMessage(), e)
                    : input.failure;
        }
    }

    /** What {@link #format(InputStream)} says of a layer that is compressed like this. */
    public static String format(Compression.Format compression) {
        return switch (compression) {
            case NONE -> NONE;
            case GZIP -> "gzip";
            case ZSTD -> "zstd";
        };
    }

    /**
     * How a stream is compressed: {@code gzip}, {@code zstd}, {@code bzip2}, {@code xz} or {@link #NONE}.
     *
     * @param in is read a little, and not closed
     */
    public static String format(InputStream in) throws IOException {
        return format(in.readNBytes(MAGIC));
    }

    private static String format(byte[] magic) {
        if (startsWith(magic, 0x1F, 0x8B, 8)) {
            return "gzip";
        }
        if (startsWith(magic, 0x28, 0xB5, 0x2F, 0xFD) || isSkippableFrame(magic)) {
            return "zstd";
        }
        if (startsWith(magic, 'B', 'Z', 'h')) {
            return "bzip2";
        }
        return startsWith(magic, 0xFD, '7', 'z', 'X', 'Z', 0) ? "xz" : NONE;
    }

    private static byte[] peek(InputStream in) throws IOException {
        in.mark(8);
        byte[] magic = in.readNBytes(MAGIC);
        in.reset();
        return magic;
    }

    private static boolean startsWith(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** A frame of zstd without content; zstd:chunked and eStargz-like formats may begin with one. */
    private static boolean isSkippableFrame(byte[] magic) {
        return magic.length >= 4
                && (magic[0] & 0xF0) == 0x50
                && startsWith(new byte[] {magic[1], magic[2], magic[3]}, 0x2A, 0x4D, 0x18);
    }

    /**
     * Compressed content. It remembers when reading failed, because decoders take that for damaged content or even for the end,
     * and it never says that nothing is available now, which GZIPInputStream takes for the end as well.
     */
    private static final class Input extends FilterInputStream {

        private @Nullable IOException failure;

        Input(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return in.read(buffer, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public int available() {
            return 1;
        }
    }

    /** Uncompressed content. Damage is reported in our own words. */
    private static final class Output extends FilterInputStream {

        private final Input input;
        private final String format;

        Output(InputStream in, Input input, String format) {
            super(in);
            this.input = input;
            this.format = format;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = -1;
            try {
                n = in.read(buffer, offset, length);
            } catch (IOException e) {
                if (input.failure == null) {
                    String reason = e.getMessage() == null ? "it ends too early" : e.getMessage();
                    throw new InvalidImageException("the " + format + " content is damaged: " + reason, e);
                }
            }
            if (input.failure != null) {
                throw input.failure;
            }
            return n;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
