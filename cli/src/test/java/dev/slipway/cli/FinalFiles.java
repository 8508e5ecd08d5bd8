package dev.slipway.cli;

import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Digest;
import dev.slipway.oci.Image;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The root filesystem of an image: its layers laid over each other, file by file. */
final class FinalFiles {

    private static final int TEXT_LIMIT = 1 << 16;

    private final TreeMap<String, FinalFile> files = new TreeMap<>();

    /**
     * A file of the final root.
     *
     * @param entry what the uppermost layer that has it says
     * @param sha256 of a regular file's content
     * @param head the first bytes of a regular file
     * @param layer the number of that layer, from 0
     */
    record FinalFile(FileEntry entry, String sha256, byte[] head, int layer) {

        /** Whether people and programs see the same, whatever the time. */
        boolean looksLike(FinalFile other) {
            return entry.type() == other.entry.type()
                    && entry.mode() == other.entry.mode()
                    && entry.uid() == other.entry.uid()
                    && entry.gid() == other.entry.gid()
                    && entry.linkTarget().equals(other.entry.linkTarget())
                    && sha256.equals(other.sha256);
        }
    }

    /** The root that these many lowest layers make. */
    static FinalFiles of(Image image, int layers) throws IOException {
        FinalFiles root = new FinalFiles();
        for (int layer = 0; layer < layers; layer++) {
            try (LayerReader reader = LayerReader.ofLayer(image.openLayer(layer), LayerLimits.DEFAULT)) {
                root.apply(reader, layer);
            }
        }
        return root;
    }

    static FinalFiles of(Image image) throws IOException {
        return of(image, image.manifest().layers().size());
    }

    /** Every path with what is there. Paths are relative. */
    Map<String, FinalFile> files() {
        return files;
    }

    /** The text of a regular file. */
    String text(String path) {
        return new String(files.get(path).head(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private void apply(LayerReader reader, int layer) throws IOException {
        for (Optional<FileEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
            FileEntry entry = next.get();
            switch (entry.type()) {
                case WHITEOUT -> remove(entry.path());
                case OPAQUE -> removeBelow(entry.path(), layer);
                case HARD_LINK -> put(entry.path(), link(entry, layer));
                case FILE -> put(entry.path(), file(entry, reader.content(), layer));
                default -> put(entry.path(), new FinalFile(entry, "", new byte[0], layer));
            }
        }
    }

    private void put(String path, FinalFile file) {
        FinalFile before = files.get(path);
        if (before != null
                && before.entry().type() == EntryType.DIRECTORY
                && file.entry().type() != EntryType.DIRECTORY) {
            remove(path);
        }
        files.put(path, file);
    }

    private FinalFile link(FileEntry entry, int layer) throws IOException {
        FinalFile target = files.get(entry.linkTarget());
        if (target == null) {
            throw new IOException(entry.path() + " is a link to " + entry.linkTarget() + ", which is not there");
        }
        return new FinalFile(target.entry().withPath(entry.path()), target.sha256(), target.head(), layer);
    }

    private static FinalFile file(FileEntry entry, InputStream content, int layer) throws IOException {
        MessageDigest digest = Digest.newSha256();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            digest.update(buffer, 0, read);
            head.write(buffer, 0, Math.min(read, TEXT_LIMIT - Math.min(TEXT_LIMIT, head.size())));
        }
        return new FinalFile(entry, Digest.of(digest.digest()).hex(), head.toByteArray(), layer);
    }

    private void remove(String path) {
        files.remove(path);
        files.subMap(path + "/", path + "0").clear();
    }

    private void removeBelow(String path, int layer) {
        List<String> gone = new ArrayList<>();
        files.subMap(path.isEmpty() ? "" : path + "/", path.isEmpty() ? "\uffff" : path + "0")
                .forEach((name, file) -> {
                    if (file.layer() < layer && !name.equals(path)) {
                        gone.add(name);
                    }
                });
        gone.forEach(files::remove);
    }
}
