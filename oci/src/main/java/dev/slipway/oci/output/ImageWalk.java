package dev.slipway.oci.output;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.oci.attest.Attestation;
import dev.slipway.oci.output.ExportedFiles.ExportedFile;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The files of one image in the form of an output: in their platform's folder, and with the output's time. */
final class ImageWalk implements Iterator<ExportedFile>, Closeable {

    private final BuiltImage image;
    private final ImageFiles files;
    private final String prefix;
    private final Optional<Instant> time;
    private final Iterator<FileEntry> folder;
    private final Iterator<FileEntry> walk;
    private final PriorityQueue<ExportedFile> statements = new PriorityQueue<>(
            (one, other) -> WalkOrder.compare(one.entry().path(), other.entry().path()));
    private @Nullable ExportedFile next;

    /** The next file of the image, which comes after a statement. */
    private @Nullable ExportedFile later;

    ImageWalk(BuiltImage image, List<Attestation> attestations, FileOptions options)
            throws IOException, InterruptedException {
        this.image = image;
        this.files = image.files();
        this.prefix = options.split() ? platform().replace('/', '_') + "/" : "";
        this.time = options.epoch().of(image.spec());
        this.folder = options.split() ? List.of(files.root()).iterator() : Collections.emptyIterator();
        this.walk = files.walk();
        addStatements(attestations, options);
        advance();
    }

    /** Files that are not in the image: its attestations. */
    private void addStatements(List<Attestation> attestations, FileOptions options)
            throws IOException, InterruptedException {
        for (StatementFile file : StatementFile.of(image, attestations, options)) {
            FileEntry entry = file.entry(prefix, time.orElseGet(Instant::now));
            statements.add(new ExportedFile(entry, image, files, entry, Optional.of(file.content())));
        }
    }

    private void advance() {
        if (folder.hasNext()) {
            next = exported(folder.next());
        } else {
            advanceInside();
        }
    }

    /** A statement takes the place of a file of the same name, as in BuildKit. */
    private void advanceInside() {
        if (later == null && walk.hasNext()) {
            later = exported(walk.next());
        }
        ExportedFile statement = statements.peek();
        if (statement == null) {
            next = later;
            later = null;
            return;
        }
        int order = later == null
                ? -1
                : WalkOrder.compare(statement.entry().path(), later.entry().path());
        if (order == 0) {
            later = null;
        }
        next = order <= 0 ? statements.remove() : later;
        later = order <= 0 ? later : null;
    }

    private ExportedFile exported(FileEntry original) {
        String path = original.path().isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + original.path();
        FileEntry entry = original.withPath(path);
        if (entry.type() == EntryType.HARD_LINK) {
            entry = entry.withLinkTarget(prefix + entry.linkTarget());
        }
        // With a SOURCE_DATE_EPOCH, BuildKit sets the time of all files, even old ones.
        return new ExportedFile(settled(entry), image, files, original, Optional.empty());
    }

    private FileEntry settled(FileEntry entry) {
        return time.map(entry::withModified).orElse(entry);
    }

    /** The attributes of the folder that contains the files. */
    FileEntry root() {
        return settled(files.root());
    }

    String prefix() {
        return prefix;
    }

    String platform() {
        return image.spec().platform().format();
    }

    /** Where the next file is. */
    String path() {
        return requireNonNull(next).entry().path();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public ExportedFile next() {
        ExportedFile file = next;
        if (file == null) {
            throw new NoSuchElementException();
        }
        advance();
        return file;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
