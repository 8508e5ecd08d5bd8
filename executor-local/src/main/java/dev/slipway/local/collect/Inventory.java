package dev.slipway.local.collect;

import dev.slipway.executor.CacheRecord;
import dev.slipway.executor.Result;
import dev.slipway.executor.cache.CacheEntry.Type;
import dev.slipway.local.layer.LayerIndex;
import dev.slipway.local.store.Records;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.StoredLines;
import dev.slipway.oci.disk.FileStatus;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks what is in a store. What a file says is remembered for the next look, so that a second one, with builds held off, is
 * quick. What goes away meanwhile is passed over.
 */
final class Inventory {

    private final StoreFolder folder;
    private final Map<Path, Read<?>> read = new HashMap<>();

    Inventory(StoreFolder folder) {
        this.folder = folder;
    }

    /** What was read of a file that looked like this. */
    private record Read<T>(Instant modified, long inode, T value) {}

    /** Reads a file. */
    private interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /** What is there now. */
    Holdings look() throws IOException {
        List<StoredRoot> roots = new ArrayList<>();
        for (Path file : list(Part.RECORDS)) {
            read(file, this::record).ifPresent(roots::add);
        }
        for (Path file : list(Part.HTTP)) {
            read(file, this::download).ifPresent(roots::add);
        }
        Map<String, List<String>> snapshots = new HashMap<>();
        for (Path file : list(Part.SNAPSHOTS)) {
            read(file, StoredLines::read).ifPresent(layers -> snapshots.put(name(file), layers));
        }
        Map<String, StoredLayer> layers = new TreeMap<>();
        Set<String> layerBlobs = new HashSet<>();
        for (String id : layerIds()) {
            layers.put(id, layer(id, layerBlobs));
        }
        List<Path> otherBlobs = list(Part.BLOBS);
        otherBlobs.removeIf(blob -> layerBlobs.contains(name(blob)));
        return new Holdings(roots, snapshots, layers, otherBlobs);
    }

    List<Path> list(Part part) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.of(part))) {
            stream.forEach(files::add);
        }
        return files;
    }

    private Set<String> layerIds() throws IOException {
        Set<String> ids = new TreeSet<>();
        for (Part part : List.of(Part.LAYERS, Part.LAYER_BLOBS, Part.CONTENTS, Part.TREES, Part.PROGRAMS)) {
            list(part).forEach(file -> ids.add(name(file)));
        }
        return ids;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    @SuppressWarnings("unchecked") // one file is always read by one reader
    private <T> Optional<T> read(Path file, Reader<T> reader) {
        try {
            FileStatus status = FileStatus.of(file);
            Read<?> before = read.get(file);
            if (before != null && before.inode == status.inode() && before.modified.equals(status.modified())) {
                return Optional.ofNullable((T) before.value);
            }
            T value = reader.read(file);
            read.put(file, new Read<>(status.modified(), status.inode(), value));
            return Optional.ofNullable(value);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A damaged record leads to nothing, and goes like all that nobody needs. */
    private StoredRoot record(Path file) throws IOException {
        Instant used = Files.getLastModifiedTime(file).toInstant();
        Optional<CacheRecord> record = Records.read(file);
        List<String> results = record.map(
                        found -> found.results().stream().map(Result::id).toList())
                .orElse(List.of());
        return new StoredRoot(
                file,
                results,
                record.map(CacheRecord::step).orElse("damaged record"),
                record.map(Inventory::type).orElse(Type.REGULAR),
                used);
    }

    private static Type type(CacheRecord record) {
        String source = record.note(CacheRecord.SOURCE).orElse("");
        return source.startsWith("local://")
                ? Type.SOURCE_LOCAL
                : source.startsWith("git://") ? Type.SOURCE_GIT_CHECKOUT : Type.REGULAR;
    }

    private StoredRoot download(Path file) throws IOException {
        List<String> lines = StoredLines.read(file);
        Instant used = Files.getLastModifiedTime(file).toInstant();
        return new StoredRoot(file, lines.subList(0, Math.min(1, lines.size())), "download", Type.REGULAR, used);
    }

    private StoredLayer layer(String id, Set<String> layerBlobs) throws IOException {
        List<Path> files = new ArrayList<>();
        long size = 0;
        Path index = folder.of(Part.LAYERS).resolve(id);
        Optional<LayerIndex.Needs> needs = read(index, file -> needs(file, id));
        for (Path file : List.of(
                index,
                folder.of(Part.LAYER_BLOBS).resolve(id),
                folder.of(Part.CONTENTS).resolve(id),
                folder.of(Part.CHECKSUMS).resolve(id),
                folder.of(Part.PROGRAMS).resolve(id))) {
            if (Files.exists(file)) {
                files.add(file);
                size += Files.size(file);
            }
        }
        Path trees = folder.of(Part.TREES).resolve(id);
        if (Files.exists(trees)) {
            files.add(trees);
            try (DirectoryStream<Path> each = Files.newDirectoryStream(trees, Files::isDirectory)) {
                for (Path unused : each) {
                    size += needs.map(LayerIndex.Needs::unpackedSize).orElse(0L);
                }
            }
        }
        for (String blob :
                read(folder.of(Part.LAYER_BLOBS).resolve(id), Inventory::blobs).orElse(List.of())) {
            Path file = folder.of(Part.BLOBS).resolve(blob);
            layerBlobs.add(blob);
            if (Files.exists(file)) {
                files.add(file);
                size += Files.size(file);
            }
        }
        Instant created = files.isEmpty()
                ? Instant.EPOCH
                : Files.getLastModifiedTime(files.get(0)).toInstant();
        Set<String> homes = needs.map(LayerIndex.Needs::homes).orElse(Set.of());
        return new StoredLayer(id, files, homes, size, created);
    }

    private static LayerIndex.Needs needs(Path index, String id) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(index))) {
            return LayerIndex.needs(in, id);
        }
    }

    /** The names of a layer's blobs, as {@code LayerBlobs} notes them; damaged lines name none. */
    private static List<String> blobs(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        for (String line : StoredLines.read(file)) {
            String[] parts = line.split(" ");
            if (parts.length > 3) {
                names.add(parts[3].replace(':', '-'));
            }
        }
        return names;
    }
}
