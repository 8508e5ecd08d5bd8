package dev.slipway.context;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.UrlCredentials;
import java.nio.file.Path;

/** Where a build finds files: those of its main context, or of a named one. */
public sealed interface ContextPlace {

    /** The files of a folder, on any file system. As a named context, it may be an OCI image layout. */
    static ContextPlace folder(Path folder) {
        return new Folder(requireNonNull(folder, "folder is null"));
    }

    /** The files of a zip or jar file. */
    static ContextPlace zip(Path file) {
        return new Zip(requireNonNull(file, "file is null"), "");
    }

    /** Files in memory. */
    static ContextPlace files(ContextFiles files) {
        return new Memory(requireNonNull(files, "files is null"));
    }

    /**
     * The files of a folder on the class path or module path.
     *
     * @param beside a class of the folder's module, which the folder is beside unless its name begins with {@code /}; in a named
     *     module, a folder that is a package has to be open to Slipway's
     * @param folder its name, such as {@code /docker/app}
     * @throws IllegalArgumentException if there is no such folder, or it is neither in a folder nor in a jar file
     */
    static ContextPlace resources(Class<?> beside, String folder) {
        return Resources.folder(requireNonNull(beside, "beside is null"), requireNonNull(folder, "folder is null"));
    }

    /**
     * A folder.
     *
     * @param path where it is, on any file system
     */
    record Folder(Path path) implements ContextPlace {

        public Folder {
            requireNonNull(path, "path is null");
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /**
     * A zip or jar file, whose files keep the permissions that the archive has for them. Where it has none, they have the mode
     * 0755.
     *
     * @param file the archive
     * @param folder the folder in the archive to use, with slashes; empty for all of it
     */
    record Zip(Path file, String folder) implements ContextPlace {

        public Zip {
            requireNonNull(file, "file is null");
            requireNonNull(folder, "folder is null");
        }

        @Override
        public String toString() {
            return folder.isEmpty() ? file.toString() : file + "!/" + folder;
        }
    }

    /**
     * Files that are on no disk.
     *
     * @param files with their content
     */
    record Memory(ContextFiles files) implements ContextPlace {

        public Memory {
            requireNonNull(files, "files is null");
        }

        @Override
        public String toString() {
            return files.toString();
        }
    }

    /**
     * As a main context, a git repository, or an archive or a Dockerfile behind a URL. As a named context, anything that {@code --build-context}
     * takes.
     *
     * @param url as the user writes it
     */
    record Address(String url) implements ContextPlace {

        public Address {
            requireNonNull(url, "url is null");
        }

        /** Without credentials. */
        @Override
        public String toString() {
            return UrlCredentials.redact(url);
        }
    }

    /**
     * A file of the client with an archive or a Dockerfile in it; a main context only.
     *
     * @param file what {@code docker build -} would read
     */
    record Input(Path file) implements ContextPlace {

        public Input {
            requireNonNull(file, "file is null");
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
