package dev.slipway.local.exec;

import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.RootFiles;
import dev.slipway.local.store.CopiedTree;
import dev.slipway.oci.disk.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a root that have been copied.
 *
 * @param files what is in the root
 * @param copy what may be unable to tell whose they are
 */
record CopiedFiles(RootFiles files, CopiedTree copy) implements RootFiles {

    @Override
    public Optional<Entry> find(String path) {
        return files.find(path);
    }

    @Override
    public byte[] read(String path) {
        return files.read(path);
    }

    @Override
    public Optional<FileOwners.Owner> owner(Path file, FileStatus status) throws IOException {
        return copy.privileges().owners()
                ? Optional.empty()
                : copy.attributes(file, status)
                        .map(attributes -> new FileOwners.Owner(attributes.uid(), attributes.gid()));
    }
}
