package dev.slipway.oci.output;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.BuiltImage;
import dev.slipway.executor.image.EntryType;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.executor.image.ImageFiles;
import dev.slipway.llb.Bytes;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The files of all images of a build in the form of an output: those of each platform in a folder of its own, or all of them in
 * one tree. A folder comes before its content.
 */
final class ExportedFiles implements Iterator<ExportedFiles.ExportedFile>, Closeable {

    private final List<ImageWalk> walks;
    private final boolean split;
    private final FileEntry root;

    private ExportedFiles(List<ImageWalk> walks, boolean split, FileEntry root) {
        this.walks = walks;
        this.split = split;
        this.root = root;
    }

    /**
     * A file of an image.
     *
     * @param entry the entry in the output
     * @param image the image of the file
     * @param files the open files of the image
     * @param original the entry in the image
     * @param content its content, if it is not in the image
     */
    record ExportedFile(
            FileEntry entry, BuiltImage image, ImageFiles files, FileEntry original, Optional<Bytes> content) {

        InputStream open() throws IOException, InterruptedException {
            return open(files);
        }

        /**
         * Opens its content.
         *
         * @param own the files of the image, open for this thread
         */
        InputStream open(ImageFiles own) throws IOException, InterruptedException {
            return content.isPresent() ? new ByteArrayInputStream(content.get().toArray()) : own.open(original);
        }
    }

    static ExportedFiles of(ImageSet set, FileOptions options) throws IOException, InterruptedException {
        List<ImageWalk> walks = new ArrayList<>();
        try {
            for (int i = 0; i < set.images().size(); i++) {
                walks.add(new ImageWalk(set.images().get(i), set.attestations().get(i), options));
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            closeAll(walks);
            throw e;
        }
        FileEntry root =
                options.split() ? FileEntry.directory("", 0755) : walks.get(0).root();
        walks.sort(Comparator.comparing(ImageWalk::prefix));
        return new ExportedFiles(walks, options.split(), root);
    }

    /** The folder that contains them all. */
    FileEntry root() {
        return root;
    }

    @Override
    public boolean hasNext() {
        return walks.stream().anyMatch(ImageWalk::hasNext);
    }

    @Override
    public ExportedFile next() {
        ImageWalk first = walks.stream()
                .filter(ImageWalk::hasNext)
                .min((one, other) -> split ? 0 : WalkOrder.compare(one.path(), other.path()))
                .orElseThrow(NoSuchElementException::new);
        ExportedFile file = first.next();
        if (!split) {
            walks.stream()
                    .filter(walk -> walk != first
                            && walk.hasNext()
                            && walk.path().equals(file.entry().path()))
                    .forEach(walk -> merge(file, first, walk.next(), walk));
        }
        return file;
    }

    /** A folder in several images gets the attributes of the first. */
    private static void merge(ExportedFile one, ImageWalk first, ExportedFile other, ImageWalk second) {
        boolean folders =
                one.entry().type() == EntryType.DIRECTORY && other.entry().type() == EntryType.DIRECTORY;
        if (!folders) {
            throw new ExecutorException("platform-split=false: both " + first.platform() + " and " + second.platform()
                    + " have /" + one.entry().path()
                    + "; leave platform-split out, or give the files names of their own");
        }
    }

    @Override
    public void close() throws IOException {
        closeAll(walks);
    }

    private static void closeAll(List<ImageWalk> walks) throws IOException {
        for (ImageWalk walk : walks) {
            walk.close();
        }
    }
}
