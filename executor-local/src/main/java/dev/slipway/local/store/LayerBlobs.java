package dev.slipway.local.store;

import dev.slipway.executor.image.Descriptor;
import dev.slipway.executor.image.LayerBlob;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.StoredLines;
import dev.slipway.local.store.folder.TempFolder;
import dev.slipway.oci.BlobNotFoundException;
import dev.slipway.oci.InvalidImageException;
import dev.slipway.oci.disk.FileLocks;
import dev.slipway.oci.layer.LayerLimits;
import dev.slipway.oci.layer.LayerReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which blobs a layer has, in a line of a small file each, with a check at its end: all in which it came in images, and if it was
 * made here, one for each way of compressing it.
 */
final class LayerBlobs {

    private static final int CHECK_LENGTH = 16;

    /** What stands before a time. */
    private static final String CREATED = "created=";

    private final StoreFolder folder;
    private final TempFolder temp;
    private final BlobStore blobs;

    LayerBlobs(StoreFolder folder, TempFolder temp, BlobStore blobs) {
        this.folder = folder;
        this.temp = temp;
        this.blobs = blobs;
    }

    /**
     * A blob that a layer has.
     *
     * @param level how hard it was compressed, if that was done here
     * @param created when the layer was made, if it came out of a cache
     */
    record Noted(LayerBlob blob, OptionalInt level, Optional<Instant> created) {

        private boolean isOriginal(String layer) {
            return blob.diffId().hex().equals(layer);
        }

        /** Whether both say the same of one blob, under whichever media type. */
        private boolean saysAs(LayerBlob other) {
            return blob.diffId().equals(other.diffId())
                    && blob.descriptor().digest().equals(other.descriptor().digest());
        }
    }

    /** Whether the layer came in an image, so that its id is a diff id. */
    boolean isOfImage(String layer) {
        return original(layer).isPresent();
    }

    /** Whether the blob is there in which the layer came. */
    boolean hasOriginal(String layer) {
        return original(layer).filter(blob -> blobs.canOpen(blob.descriptor())).isPresent();
    }

    /** Reads a blob. */
    interface BlobReader<T> {
        T read(InputStream blob) throws IOException;
    }

    /** Reads the blob in which the layer came. What cannot be unpacked may be damaged, which is said then. */
    <T> T readOriginal(String layer, BlobReader<T> reader) throws IOException {
        LayerBlob original = original(layer)
                .orElseThrow(() -> new BlobNotFoundException("layer " + layer + " is not in the store; build again"));
        try (InputStream blob = blobs.open(original.descriptor())) {
            return reader.read(blob);
        } catch (IOException e) {
            blobs.check(original.descriptor());
            throw e;
        }
    }

    private Optional<LayerBlob> original(String layer) {
        return find(layer, noted -> noted.isOriginal(layer));
    }

    /** A blob of the layer that is there and is of this kind. */
    Optional<LayerBlob> find(String layer, Predicate<Noted> kind) {
        return read(layer).stream().filter(kind).findFirst().map(Noted::blob);
    }

    /** Damaged lines do not count. */
    private List<Noted> read(String layer) {
        List<Noted> list = new ArrayList<>();
        try {
            for (String line : StoredLines.read(file(layer))) {
                int check = line.lastIndexOf(' ');
                if (check < 0 || !check(line.substring(0, check)).equals(line.substring(check + 1))) {
                    continue;
                }
                String[] parts = line.split(" ");
                Descriptor descriptor = Descriptor.of(parts[2], Digest.parse(parts[3]), Long.parseLong(parts[4]));
                LayerBlob blob = new LayerBlob(descriptor, Digest.parse(parts[0]), Long.parseLong(parts[1]));
                // The check is the last part of all.
                String last = parts.length > 6 ? parts[5] : "";
                boolean isTime = last.startsWith(CREATED);
                list.add(new Noted(
                        blob,
                        last.isEmpty() || isTime ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(last)),
                        isTime ? Optional.of(Instant.parse(last.substring(CREATED.length()))) : Optional.empty()));
            }
        } catch (IOException | IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            return list;
        }
        return list;
    }

    /** Notes that a layer has this blob, which was compressed here with this level. */
    void add(String layer, LayerBlob blob, int level) throws IOException, InterruptedException {
        add(layer, new Noted(blob, OptionalInt.of(level), Optional.empty()));
    }

    /**
     * Notes that a layer has this blob, as an image says. What images say of their blobs is believed until two of them say different things of one
     * layer: then the blobs are read, so that no image can take the place of another one's layer.
     *
     * @throws InvalidImageException if the blob holds another layer
     */
    void add(String layer, LayerBlob blob) throws IOException, InterruptedException {
        add(layer, new Noted(blob, OptionalInt.empty(), Optional.empty()));
    }

    /**
     * Notes that a layer came out of a cache, in this blob, which need not be here. What the cache says of it is believed only of a layer
     * of which no blob is at hand; the blob is read before it is used.
     */
    void addRemote(String layer, LayerBlob blob, Instant created) throws IOException, InterruptedException {
        if (find(layer, noted -> noted.saysAs(blob)).isPresent()) {
            return;
        }
        FileLocks.exclusively(folder.lock("blob-list", layer.substring(0, 2)), () -> {
            List<Noted> list = new ArrayList<>(read(layer));
            list.removeIf(other ->
                    other.isOriginal(layer) && !blobs.canOpen(other.blob().descriptor()));
            if (list.stream().noneMatch(other -> other.isOriginal(layer))) {
                list.add(new Noted(blob, OptionalInt.empty(), Optional.of(created)));
                write(layer, list);
            }
        });
    }

    /** When the layer was made, if it came out of a cache. */
    Optional<Instant> created(String layer) {
        return read(layer).stream().flatMap(noted -> noted.created().stream()).findFirst();
    }

    private void add(String layer, Noted noted) throws IOException, InterruptedException {
        if (read(layer).contains(noted)) {
            return;
        }
        FileLocks.exclusively(folder.lock("blob-list", layer.substring(0, 2)), () -> {
            List<Noted> list = new ArrayList<>(read(layer));
            if (list.contains(noted)) {
                return; // Another build noted it while this one waited for the lock.
            }
            boolean isSaid = noted.level().isEmpty() && noted.isOriginal(layer);
            if (isSaid && list.stream().anyMatch(other -> other.saysAs(noted.blob()))) {
                return; // It came out of a cache before.
            }
            if (isSaid && list.stream().anyMatch(other -> other.isOriginal(layer))) {
                list.removeIf(other ->
                        other.isOriginal(layer) && !diffId(other.blob()).equals(Optional.of(layer)));
                requireLayer(layer, noted.blob());
            }
            list.removeIf(other -> !other.isOriginal(layer) && isMadeAlike(other, noted));
            list.add(noted);
            write(layer, list);
        });
    }

    private void write(String layer, List<Noted> list) throws IOException {
        String text = list.stream().map(LayerBlobs::line).collect(Collectors.joining());
        temp.write(file(layer), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isMadeAlike(Noted one, Noted other) {
        String type = one.blob().descriptor().mediaType();
        return type.equals(other.blob().descriptor().mediaType()) && one.level().equals(other.level());
    }

    private void requireLayer(String layer, LayerBlob blob) throws InvalidImageException {
        Optional<String> diffId = diffId(blob);
        if (!diffId.equals(Optional.of(layer))) {
            throw new InvalidImageException("a layer of the image has "
                    + diffId.map(id -> "the diff id " + id).orElse("no diff id, because it cannot be read")
                    + ", but its config says " + layer);
        }
    }

    /** What a blob holds; empty if it cannot be read. */
    private Optional<String> diffId(LayerBlob blob) {
        try (LayerReader reader = LayerReader.ofLayer(blobs.open(blob.descriptor()), LayerLimits.DEFAULT)) {
            while (reader.next().isPresent()) {
                // It is read to its end.
            }
            return Optional.of(reader.diffId().hex());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String line(Noted noted) {
        LayerBlob blob = noted.blob();
        Descriptor descriptor = blob.descriptor();
        List<String> parts = new ArrayList<>(List.of(
                blob.diffId().toString(),
                Long.toString(blob.unpackedSize()),
                descriptor.mediaType(),
                descriptor.digest().toString(),
                Long.toString(descriptor.size())));
        noted.level().ifPresent(level -> parts.add(Integer.toString(level)));
        noted.created().ifPresent(time -> parts.add(CREATED + time));
        String line = String.join(" ", parts);
        return line + " " + check(line) + "\n";
    }

    private static String check(String line) {
        return Digest.sha256(line).hex().substring(0, CHECK_LENGTH);
    }

    private Path file(String layer) {
        return folder.of(Part.LAYER_BLOBS).resolve(layer);
    }
}
