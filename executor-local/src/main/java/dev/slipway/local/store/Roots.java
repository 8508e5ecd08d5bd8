package dev.slipway.local.store;

import dev.slipway.executor.Result;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.LayerForm;
import dev.slipway.local.layer.Layers;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.StoredLines;
import dev.slipway.local.store.folder.TempFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Roots by name: which layers they are made of, and what is seen of them together. */
public final class Roots {

    private static final long CACHED_NODES = 400_000;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final TempFolder temp;
    private final LayerStore layers;
    private final Lease lease;
    private final DirectoryCache cache = new DirectoryCache(CACHED_NODES);

    Roots(StoreFolder store, TempFolder temp, LayerStore layers, Lease lease) {
        this.folder = store.of(Part.SNAPSHOTS);
        this.temp = temp;
        this.layers = layers;
        this.lease = lease;
    }

    /** Keeps a list of layers, and returns its name. A root of one layer has the name of the layer and is not kept. */
    public Result save(Snapshot snapshot) throws IOException, InterruptedException {
        Result result = snapshot.result();
        lease.keep(result.id());
        if (!find(result).equals(Optional.of(snapshot))) {
            String text = String.join("\n", snapshot.layers()) + "\n";
            temp.write(folder.resolve(result.id()), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        }
        return result;
    }

    /**
     * The layers of a root.
     *
     * @throws IOException if it is not in the store
     */
    public Snapshot snapshot(Result result) throws IOException {
        return find(result)
                .orElseThrow(() -> new IOException("result " + result.id() + " is not in the store; build again"));
    }

    private Optional<Snapshot> find(Result result) throws IOException {
        if (result.equals(Result.EMPTY)) {
            return Optional.of(Snapshot.EMPTY);
        }
        if (!ID.matcher(result.id()).matches()) {
            return Optional.empty();
        }
        try {
            Snapshot snapshot = new Snapshot(StoredLines.read(folder.resolve(result.id())));
            return snapshot.result().equals(result) ? Optional.of(snapshot) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(new Snapshot(List.of(result.id())));
        }
    }

    /** Whether roots and all their layers are there. If they are, they stay. */
    public boolean has(List<Result> results) throws IOException, InterruptedException {
        lease.keep(results.stream().map(Result::id).toList());
        for (Result result : results) {
            Optional<Snapshot> snapshot = find(result);
            if (snapshot.isEmpty() || !snapshot.get().layers().stream().allMatch(layers::has)) {
                return false;
            }
        }
        return true;
    }

    /** Which of these layers are there. Those that are stay. */
    public Set<String> present(Set<String> ids) throws IOException, InterruptedException {
        lease.keep(ids);
        return ids.stream().filter(layers::has).collect(Collectors.toSet());
    }

    /** The form of the layers of a root, and of those that come upon it. */
    public LayerForm form(Snapshot snapshot) throws IOException {
        boolean windows = !snapshot.layers().isEmpty()
                && layers.form(snapshot.layers().get(0)).windows();
        return windows ? LayerForm.WINDOWS : LayerForm.PLAIN;
    }

    /**
     * The same root in layers for Windows, for one of whose roots it becomes a part: the bytes of its files stay where they are.
     * Links to files of lower layers are settled, for what lies below may be another layer then.
     */
    public Snapshot ofWindows(Snapshot snapshot) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        Directory below = Directory.EMPTY;
        for (String id : snapshot.layers()) {
            Directory layer = layers.load(id);
            ids.add(layers.form(id).windows() ? id : layers.add(Layers.unpacked(layer, below), LayerForm.WINDOWS));
            below = Layers.apply(below, layer);
        }
        return new Snapshot(ids);
    }

    /** Drops what is remembered of roots. */
    void forget() {
        cache.clear();
    }

    /** What is seen of a root. It is put together from the nearest root below that was seen before. */
    public Directory files(Snapshot snapshot) throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        String id = "";
        for (String layer : snapshot.layers()) {
            id = Snapshot.over(id, layer);
            ids.add(id);
        }
        int known = ids.size();
        Optional<Directory> root = Optional.empty();
        while (known > 0 && root.isEmpty()) {
            root = cache.get(ids.get(--known));
        }
        Directory files = root.orElse(Directory.EMPTY);
        for (int i = root.isPresent() ? known + 1 : 0; i < ids.size(); i++) {
            files = Layers.apply(files, layers.load(snapshot.layers().get(i)));
            cache.put(ids.get(i), files);
        }
        return files;
    }

    /** What is seen of a root. */
    public Directory files(Result result) throws IOException, InterruptedException {
        return files(snapshot(result));
    }
}
