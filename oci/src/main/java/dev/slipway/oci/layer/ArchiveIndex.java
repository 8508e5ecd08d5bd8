package dev.slipway.oci.layer;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.oci.InvalidImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The positions of the files in an uncompressed tar archive, found without reading the files. */
public final class ArchiveIndex {

    private static final int MAX_MEMBERS = 1_000_000;
    private static final int MAX_LINKS = 8;

    private ArchiveIndex() {}

    /**
     * The position of a file's content.
     *
     * @param offset of its first byte in the archive
     * @param size in bytes
     */
    public record Extent(long offset, long size) {}

    /**
     * The regular files of an archive by their clean paths and the paths of links to them; of several with one path, the last.
     *
     * @param archive is read from its beginning
     * @throws InvalidImageException if it is not a tar archive, or damaged
     */
    public static Map<String, Extent> of(SeekableByteChannel archive) throws IOException {
        Map<String, Extent> files = new HashMap<>();
        Map<String, String> links = new HashMap<>();
        TarInput tar = new TarInput(new SkippingStream(archive.position(0)));
        for (Optional<TarMember> member = tar.next(); member.isPresent(); member = tar.next()) {
            String path = LayerPath.clean(member.get().name());
            if (member.get().type() == '0' || member.get().type() == '\0') {
                files.put(path, new Extent(archive.position(), member.get().size()));
            } else if (member.get().type() == '2') {
                links.put(
                        path,
                        SlashPath.join(LayerPath.parent(path), member.get().linkName()));
            } else if (member.get().type() == '1') {
                links.put(path, SlashPath.clean(member.get().linkName()));
            }
            if (files.size() + links.size() > MAX_MEMBERS) {
                throw new InvalidImageException("the archive has more than " + MAX_MEMBERS + " files");
            }
        }
        links.keySet().forEach(link -> follow(link, links, files));
        return Collections.unmodifiableMap(files);
    }

    /** The target of a link inside the archive; other targets are ignored. */
    private static void follow(String link, Map<String, String> links, Map<String, Extent> files) {
        String target = link;
        for (int i = 0; i < MAX_LINKS && links.containsKey(target); i++) {
            target = links.get(target);
        }
        Extent file = files.get(target);
        if (file != null) {
            files.putIfAbsent(link, file);
        }
    }

    /** A channel as a stream that skips without reading. */
    private static final class SkippingStream extends InputStream {

        private final SeekableByteChannel channel;

        SkippingStream(SeekableByteChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(buffer, offset, length));
        }

        @Override
        public long skip(long wanted) throws IOException {
            long from = channel.position();
            long to = Math.min(from + Math.max(wanted, 0), channel.size());
            channel.position(to);
            return to - from;
        }
    }
}
