package dev.slipway.local.exec;

import dev.slipway.executor.ExecutorException;
import dev.slipway.local.layer.Directory;
import dev.slipway.local.layer.Folder;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.RegularFile;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.Contents;
import dev.slipway.oci.disk.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A root's files, as a sandbox asks for them.
 *
 * @param root what the root holds
 * @param contents the bytes of its files
 */
record StoredFiles(Directory root, Contents contents) implements RootFiles {

    @Override
    public Optional<Entry> find(String path) {
        return node(path).map(StoredFiles::entry);
    }

    private Optional<Node> node(String path) {
        Optional<Node> node = Optional.of(root);
        for (String name : path.substring(1).split("/")) {
            node = node.filter(Folder.class::isInstance).flatMap(folder -> ((Folder) folder).child(name));
        }
        return node;
    }

    private static Entry entry(Node node) {
        if (node instanceof RegularFile file) {
            return new Entry(Kind.FILE, file.content().size(), "");
        }
        if (node instanceof SymbolicLink link) {
            return new Entry(Kind.LINK, 0, link.target());
        }
        return new Entry(node instanceof Folder ? Kind.FOLDER : Kind.OTHER, 0, "");
    }

    @Override
    public byte[] read(String path) {
        if (!(node(path).orElse(null) instanceof RegularFile file)) {
            throw new ExecutorException(path + " is not a regular file");
        }
        try (ContentReader reader = contents.reader();
                InputStream in = reader.open(file.content())) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + path + ": " + FileErrors.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutorException("reading " + path + " was interrupted", e);
        }
    }
}
