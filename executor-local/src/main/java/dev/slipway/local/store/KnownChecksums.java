package dev.slipway.local.store;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.FileChecksums;
import dev.slipway.local.layer.IndexInput;
import dev.slipway.local.layer.IndexOutput;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.TarSum;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.disk.Parallel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BuildKit's digests of files, which have to be read for them: their attributes count before their bytes. Each file is read for that once;
 * what came of it is kept beside the layer that keeps the bytes.
 */
final class KnownChecksums implements FileChecksums {

    private static final String HEADER = "slipway checksums 1";
    private static final int MAX_FILES = 50_000_000;

    private final Path folder;
    private final TempFolder temp;
    private final Contents contents;

    KnownChecksums(StoreFolder folder, TempFolder temp, Contents contents) {
        this.folder = folder.of(Part.CHECKSUMS);
        this.temp = temp;
        this.contents = contents;
    }

    /**
     * What a digest is known by.
     *
     * @param offset where the bytes are
     * @param attributes what stands before the bytes
     */
    private record Key(long offset, Digest attributes) {

        private static Key of(RegularFile file) {
            return new Key(file.content().offset(), Digest.of(begin(file).digest()));
        }
    }

    private static MessageDigest begin(RegularFile file) {
        return TarSum.ofFile(file.attributes(), file.content().size());
    }

    @Override
    public void learn(Collection<RegularFile> files) throws IOException, InterruptedException {
        Map<String, List<RegularFile>> homes = new HashMap<>();
        for (RegularFile file : files) {
            Content content = file.content();
            if (content.size() == 0) {
                file.checksum(begin(file).digest());
            } else {
                homes.computeIfAbsent(content.home(), home -> new ArrayList<>()).add(file);
            }
        }
        for (Map.Entry<String, List<RegularFile>> home : homes.entrySet()) {
            learn(folder.resolve(home.getKey()), home.getValue());
        }
    }

    private void learn(Path file, List<RegularFile> wanted) throws IOException, InterruptedException {
        Map<Key, byte[]> known = read(file);
        List<RegularFile> unknown = new ArrayList<>();
        for (RegularFile each : wanted) {
            byte[] digest = known.get(Key.of(each));
            if (digest == null) {
                unknown.add(each);
            } else {
                each.checksum(digest);
            }
        }
        if (!unknown.isEmpty()) {
            Parallel.forEach(unknown, () -> new Hashing(contents.reader()));
            unknown.forEach(each -> known.put(Key.of(each), requireNonNull(each.checksum())));
            temp.write(file, out -> write(known, new IndexOutput(out)));
        }
    }

    /** Reads files, in one thread. */
    private record Hashing(ContentReader reader) implements Parallel.Worker<RegularFile> {

        @Override
        public void accept(RegularFile file) throws IOException, InterruptedException {
            MessageDigest digest = begin(file);
            byte[] buffer = new byte[(int) Math.min(1 << 16, file.content().size())];
            try (InputStream in = reader.open(file.content())) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            file.checksum(digest.digest());
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static void write(Map<Key, byte[]> known, IndexOutput out) throws IOException {
        out.text(HEADER);
        out.number(known.size());
        for (Map.Entry<Key, byte[]> each : known.entrySet()) {
            out.number(each.getKey().offset());
            out.text(each.getKey().attributes().hex());
            out.bytes(each.getValue());
        }
        out.finish();
    }

    /** What cannot be read is found out again. */
    private static Map<Key, byte[]> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return IndexInput.read(in, HEADER, KnownChecksums::body);
        } catch (IOException e) {
            return new HashMap<>();
        }
    }

    private static Map<Key, byte[]> body(IndexInput in) throws IOException {
        Map<Key, byte[]> known = new HashMap<>();
        for (int rest = in.count(MAX_FILES); rest > 0; rest--) {
            long offset = in.number();
            Digest attributes = new Digest("sha256", in.text());
            known.put(new Key(offset, attributes), in.bytes());
        }
        return known;
    }
}
