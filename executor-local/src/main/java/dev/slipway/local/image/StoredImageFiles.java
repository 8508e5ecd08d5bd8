package dev.slipway.local.image;

import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.local.layer.Content;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.PathResolver;
import dev.slipway.local.layer.PathResolver.Place;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/** The files of a root of the store. */
final class StoredImageFiles implements ImageFiles {

    private final Directory root;
    private final ContentReader contents;
    private final Store.Use use;

    StoredImageFiles(Directory root, ContentReader contents, Store.Use use) {
        this.root = root;
        this.contents = contents;
        this.use = use;
    }

    @Override
    public FileEntry root() {
        return Entries.of("", root);
    }

    @Override
    public Iterator<FileEntry> walk() {
        return new TreeWalk(root);
    }

    @Override
    public Optional<FileEntry> find(String path) {
        Optional<Place> found = PathResolver.find(root, path);
        return found.map(
                place -> Entries.of(place.path().substring(1), place.node().orElseThrow()));
    }

    @Override
    public InputStream open(FileEntry file) throws IOException, InterruptedException {
        return contents.open(PathResolver.resolveParent(root, file.path())
                .node()
                .filter(RegularFile.class::isInstance)
                .map(node -> ((RegularFile) node).content())
                .orElse(Content.EMPTY));
    }

    @Override
    public void close() throws IOException {
        try {
            contents.close();
        } finally {
            use.close();
        }
    }
}
