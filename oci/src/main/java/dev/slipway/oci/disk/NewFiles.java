package dev.slipway.oci.disk;

import dev.slipway.oci.layer.Attributes;
import dev.slipway.oci.layer.UnixText;
import dev.slipway.oci.posix.PathText;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes files that have no content, under Linux names.
 *
 * @param attributes the attributes of new files
 */
public record NewFiles(FileAttributes attributes) {

    /**
     * The path of a file in a folder. Names are Linux names: some are not possible elsewhere, or would lead to another folder.
     *
     * @throws FileSystemException if there can be no file of this name
     */
    public Path child(Path folder, String name) throws IOException {
        if (attributes.systemCalls()) {
            return PathText.resolve(folder, name);
        }
        Optional<Path> child;
        try {
            child = Optional.of(name)
                    .filter(UnixText::isValid)
                    .map(folder::resolve)
                    .filter(path -> folder.equals(path.getParent()))
                    .filter(path -> path.equals(path.normalize()));
        } catch (InvalidPathException e) {
            child = Optional.empty();
        }
        return child.orElseThrow(() -> new FileSystemException(
                folder + folder.getFileSystem().getSeparator() + name,
                null,
                "a file cannot have this name here; write an archive instead, such as type=tar"));
    }

    /** Makes a symbolic link, whose target need not be valid text, unlike in Java. */
    public void link(Path path, String target, Attributes wanted) throws IOException {
        if (UnixText.isValid(target) || !attributes.systemCalls()) {
            Links.symbolic(path, target);
        } else {
            Posix.get().makeLink(path, UnixText.encode(target));
        }
        attributes.applyToLink(path, wanted);
    }

    /**
     * Makes a device, a pipe or a socket, or an empty file where that is not possible.
     *
     * @param type its bits in the mode of a file, such as {@link Posix#FIFO}
     */
    public void special(Path path, int type, long major, long minor, Attributes wanted) throws IOException {
        boolean device = type == Posix.CHARACTER_DEVICE || type == Posix.BLOCK_DEVICE;
        if (!attributes.systemCalls() || device && !attributes.privileges().devices()) {
            Files.createFile(path);
            attributes.apply(path, wanted, 0666);
        } else {
            Posix.get().makeNode(path, type | 0600, major, minor);
            attributes.applyToSpecial(path, wanted, 0600);
        }
    }
}
