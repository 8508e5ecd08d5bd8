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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which blobs a layer has, in a line of a small file each, with a check at its end: all in which it came in images, and if it was
 * made here, one for each way of compressing it.
 */
final class LayerBlobs {

    private static final int CHECK_LENGTH = 16;

    private final StoreFolder folder;
    private final TempFolder temp;
    private final BlobStore blobs;

    LayerBlobs(StoreFolder folder, TempFolder temp, BlobStore blobs) {
        this.folder = folder;
        this.temp = temp;
        this.blobs = blobs;
    }

    /** Whether the layer came in an image, so that its id is a diff id. */
    boolean isOfImage(String layer) {
        return original(layer).isPresent();
    }

    /** Whether the blob is there in which the layer came. */
    boolean hasOriginal(String layer) {
        return original(layer).filter(blob -> blobs.has(blob.descriptor())).isPresent();
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
        return find(layer, blob -> isOriginal(layer, blob));
    }

    private static boolean isOriginal(String layer, LayerBlob blob) {
        return blob.diffId().hex().equals(layer);
    }

    /** A blob of the layer that is there and is of this kind. */
    Optional<LayerBlob> find(String layer, Predicate<LayerBlob> kind) {
        return read(layer).stream().filter(kind).findFirst();
    }

    /** Damaged lines do not count. */
    private List<LayerBlob> read(String layer) {
        List<LayerBlob> list = new ArrayList<>();
        try {
            for (String line : StoredLines.read(file(layer))) {
                int check = line.lastIndexOf(' ');
                if (check < 0 || !check(line.substring(0, check)).equals(line.substring(check + 1))) {
                    continue;
                }
                String[] parts = line.split(" ");
                Descriptor descriptor = Descriptor.of(parts[2], Digest.parse(parts[3]), Long.parseLong(parts[4]));
                list.add(new LayerBlob(descriptor, Digest.parse(parts[0]), Long.parseLong(parts[1])));
            }
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return list;
        }
        return list;
    }

    /**
     * Notes that a layer has this blob. What images say of their blobs is believed until two of them say different things of one
     * layer: then the blobs are read, so that no image can take the place of another one's layer.
     *
     * @throws InvalidImageException if the blob holds another layer
     */
    void add(String layer, LayerBlob blob) throws IOException, InterruptedException {
        if (read(layer).contains(blob)) {
            return;
        }
        FileLocks.exclusively(folder.lock("blob-list", layer.substring(0, 2)), () -> {
            List<LayerBlob> list = new ArrayList<>(read(layer));
            if (list.contains(blob)) {
                return; // Another build noted it while this one waited for the lock.
            }
            if (isOriginal(layer, blob) && list.stream().anyMatch(other -> isOriginal(layer, other))) {
                list.removeIf(
                        other -> isOriginal(layer, other) && !diffId(other).equals(Optional.of(layer)));
                requireLayer(layer, blob);
            }
            list.removeIf(other -> !isOriginal(layer, other)
                    && other.descriptor().mediaType().equals(blob.descriptor().mediaType()));
            list.add(blob);
            String text = list.stream().map(LayerBlobs::line).collect(Collectors.joining());
            temp.write(file(layer), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        });
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

    private static String line(LayerBlob blob) {
        Descriptor descriptor = blob.descriptor();
        String line = String.join(
                " ",
                blob.diffId().toString(),
                Long.toString(blob.unpackedSize()),
                descriptor.mediaType(),
                descriptor.digest().toString(),
                Long.toString(descriptor.size()));
        return line + " " + check(line) + "\n";
    }

    private static String check(String line) {
        return Digest.sha256(line).hex().substring(0, CHECK_LENGTH);
    }

    private Path file(String layer) {
        return folder.of(Part.LAYER_BLOBS).resolve(layer);
    }
}
