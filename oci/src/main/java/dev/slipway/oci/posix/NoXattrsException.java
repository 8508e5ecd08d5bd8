package dev.slipway.oci.posix;

import java.nio.file.FileSystemException;

/** The file system keeps no extended attributes of this kind. */
public final class NoXattrsException extends FileSystemException {

    private static final long serialVersionUID = 1L;

    NoXattrsException(String path, String name) {
        super(path, null, "the file system does not keep the extended attribute " + name);
    }
}
