package dev.slipway.oci.disk;

import dev.slipway.oci.layer.UnixText;
import dev.slipway.oci.posix.SystemFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Makes links, or the nearest equivalent where links are not supported. */
public final class Links {

    private Links() {}

    /**
     * Makes a symbolic link; where they are not supported, or not for every user, a file that contains the target, as git does.
     */
    public static void symbolic(Path path, String target) throws IOException {
        try {
            Files.createSymbolicLink(path, path.getFileSystem().getPath(target));
        } catch (UnsupportedOperationException | InvalidPathException e) {
            Files.write(path, UnixText.encode(target));
        } catch (FileSystemException e) {
            if (SystemFiles.haveUnixAttributes(path)) {
                throw e;
            }
            // Windows requires a privilege for it.
            Files.write(path, UnixText.encode(target));
        }
    }

    /** Makes a hard link; where they are not supported, a copy. */
    public static void hard(Path path, Path existing) throws IOException {
        try {
            Files.createLink(path, existing);
        } catch (UnsupportedOperationException e) {
            Files.copy(existing, path, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
