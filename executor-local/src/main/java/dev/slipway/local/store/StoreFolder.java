package dev.slipway.local.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where in the store things are. The version in the name of the top folder changes when a format in it does, so that a program
 * never meets files that it cannot read; older ones are collected.
 */
final class StoreFolder {

    private static final String VERSION = "v1";

    private final Path top;

    private StoreFolder(Path top) {
        this.top = top;
    }

    /** The store below this folder, made if it is missing. */
    static StoreFolder open(Path home) throws IOException {
        Path top = home.resolve(VERSION);
        StoreFolder folder = new StoreFolder(top);
        for (Part part : Part.values()) {
            Path path = folder.of(part);
            if (!Files.isDirectory(path)) {
                try {
                    Files.createDirectories(path);
                } catch (FileAlreadyExistsException e) {
                    throw new IOException(path + " is no folder", e);
                }
            }
        }
        return folder;
    }

    Path of(Part part) {
        return top.resolve(part.folder);
    }

    /** The lock file of a kind of work on something. */
    Path lock(String work, String object) {
        return of(Part.LOCKS).resolve(work + "-" + object);
    }

    /** The file that builds hold a shared lock of, and collection an exclusive one. */
    Path useLock() {
        return of(Part.LOCKS).resolve("use");
    }

    /** Parts of the store. */
    enum Part {
        /** Indexes of layers, by id. */
        LAYERS("layers"),
        /** The bytes of a layer's files one after the other, by layer id. */
        CONTENTS("contents"),
        /** Unpacked layers, by layer id and what their folders are like that they do not describe. */
        TREES("trees"),
        /** Compressed layers, manifests and configs, by digest. */
        BLOBS("blobs"),
        /** Which blobs a layer has, by layer id. */
        LAYER_BLOBS("layer-blobs"),
        /** The programs that layers hold, by layer id. */
        PROGRAMS("programs"),
        /** Lists of layers, by result id. */
        SNAPSHOTS("snapshots"),
        /** What tags of registries stood for. */
        TAGS("tags"),
        /** Cache records, by key. */
        RECORDS("records"),
        /** What is known of the files of client folders. */
        CONTEXTS("contexts"),
        /** What is known of URLs. */
        HTTP("http"),
        /** Bare git repositories, by remote. */
        GIT("git"),
        /** Folders of cache mounts. */
        MOUNTS("mounts"),
        /** What was found out about this machine, and emulators for it. */
        MACHINE("machine"),
        /** What is being written, in a folder for each process. */
        TEMP("temp"),
        LOCKS("locks");

        private final String folder;

        Part(String folder) {
            this.folder = folder;
        }
    }
}
