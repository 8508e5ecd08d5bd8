package dev.slipway.oci.layout;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The files of a layout, wherever they are. Names are relative, with slashes. */
interface LayoutFiles extends Closeable {

    /** The size of a file, if there is a regular file of this name. */
    OptionalLong size(String name) throws IOException;

    /** Opens an existing file. */
    InputStream open(String name) throws IOException;
}
