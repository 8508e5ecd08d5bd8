package dev.slipway.local.store.folder;

import dev.slipway.oci.disk.FileStatus;
import dev.slipway.oci.disk.OwnFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where in the store things are. The version in the name of the top folder changes when a format in it does, so that a program
 * never meets files that it cannot read; older ones are collected.
 */
public final class StoreFolder {

    private static final String VERSION = "v1";

    private final Path top;

    private StoreFolder(Path top) {
        this.top = top;
    }

    /**
     * The store below this folder, made if it is missing.
     *
     * @param trusted who else may own the folders that lead to it
     * @throws IOException if it cannot be made, or somebody else could change what is in it
     */
    public static StoreFolder open(Path home, TrustedOwners trusted) throws IOException {
        TrustedPath.Check check = TrustedPath.check(trusted, home);
        check.require(home);
        StoreFolder folder = new StoreFolder(home.resolve(VERSION));
        OwnFolders.make(folder.top);
        check.require(home);
        check.require(folder.top);
        for (Part part : Part.values()) {
            Path path = folder.of(part);
            if (!Files.isDirectory(path)) {
                OwnFolders.make(path, part.permissions);
            }
            check.require(path);
        }
        return folder;
    }

    /** The folder of a part. */
    public Path of(Part part) {
        return top.resolve(part.folder);
    }

    /** The lock file of a kind of work on something. */
    public Path lock(String work, String object) {
        return of(Part.LOCKS).resolve(work + "-" + object);
    }

    /** The lock file of a cache mount's folder. Its time is that of the last use. */
    public static Path mountLock(Path mount) {
        return mount.resolveSibling(mount.getFileName() + ".lock");
    }

    /** The file with the id of a cache mount, for people. */
    public static Path mountName(Path mount) {
        return mount.resolveSibling(mount.getFileName() + ".id");
    }

    /** Whether a lock file keeps apart those who do one work, and not all who use the store. */
    public boolean isOfOneWork(Path lock) {
        String name = lock.getFileName().toString();
        return name.contains("-") && !name.startsWith("temp-") && !name.startsWith("collect-");
    }

    /** The file that builds hold a shared lock of, and collection an exclusive one. */
    public Path useLock() {
        return of(Part.LOCKS).resolve("use");
    }

    /** The file that those hold shared who note what they use, and collection exclusively while it takes things away. */
    public Path collectLock() {
        return of(Part.LOCKS).resolve("collect");
    }

    /** The file that collection replaces whenever it has taken something away. */
    public Path collected() {
        return of(Part.LOCKS).resolve("collected");
    }

    /** The file whose time is that of the last collection that began by itself. */
    public Path collectionStamp() {
        return of(Part.LOCKS).resolve("due");
    }

    /** Something that is equal as long as nothing is collected. */
    public Object generation() {
        try {
            FileStatus status = FileStatus.of(collected());
            return List.of(status.inode(), status.modified());
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Parts of the store. Other users of the machine must not read what is in them, and not run what images bring with them,
     * such as programs that become root. They may enter those in which steps run as them, where they find only what they know
     * the name of.
     */
    public enum Part {
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
        /** BuildKit's digests of the files whose bytes layers keep, by layer id. */
        CHECKSUMS("checksums"),
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
        /** What builds reported, in a folder for each. */
        RUNS("runs"),
        /** What was found out about this machine, and emulators for it. */
        MACHINE("machine", Part.ENTERED),
        /** What is being written, in a folder for each process. */
        TEMP("temp", Part.ENTERED),
        LOCKS("locks");

        private static final String ENTERED = OwnFolders.ENTERED;
        private static final String OWN = OwnFolders.CLOSED;

        private final String folder;
        private final String permissions;

        Part(String folder) {
            this(folder, Part.OWN);
        }

        Part(String folder, String permissions) {
            this.folder = folder;
            this.permissions = permissions;
        }
    }
}
