package dev.slipway.local.store;

import dev.slipway.executor.ImageReference;
import dev.slipway.llb.Digest;
import dev.slipway.local.store.folder.StoreFolder;
import dev.slipway.local.store.folder.StoreFolder.Part;
import dev.slipway.local.store.folder.TempFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What tags of registries stood for when they were asked about last. */
public final class ResolvedTags {

    private final Path folder;
    private final TempFolder temp;

    ResolvedTags(StoreFolder store, TempFolder temp) {
        this.folder = store.of(Part.TAGS);
        this.temp = temp;
    }

    /** What a reference stood for. */
    public Optional<Digest> find(ImageReference reference) {
        try {
            return Optional.of(Digest.parse(Files.readString(file(reference)).strip()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Notes what a reference stands for now. */
    public void save(ImageReference reference, Digest digest) throws IOException {
        if (!find(reference).equals(Optional.of(digest))) {
            temp.write(file(reference), out -> out.write((digest + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Path file(ImageReference reference) {
        return folder.resolve(Digest.sha256(reference.toString()).hex());
    }
}
