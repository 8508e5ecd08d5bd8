package dev.slipway.context.load;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.llb.Definition;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lets an executor fetch what a build must look into before its graph can be made. */
public interface Fetcher {

    /** Fetches a source, and unpacks it if its definition says so. */
    BuiltImage fetch(Definition definition) throws InterruptedException;

    /** The first bytes of a file of what was fetched; nothing if there is no such file. */
    static Optional<byte[]> read(BuiltImage root, String path, int limit) throws InterruptedException {
        try (ImageFiles files = root.files()) {
            Optional<FileEntry> file = files.find(path);
            if (file.isEmpty()) {
                return Optional.empty();
            }
            if (file.get().type() != EntryType.FILE) {
                throw new ExecutorException(path + " is not a regular file");
            }
            try (InputStream content = files.open(file.get())) {
                return Optional.of(content.readNBytes(limit));
            }
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }
}
