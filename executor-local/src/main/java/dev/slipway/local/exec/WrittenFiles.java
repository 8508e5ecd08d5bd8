package dev.slipway.local.exec;

import dev.slipway.local.layer.Attributes;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.FileOwners.Owner;
import dev.slipway.local.store.CopiedTree;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a sandbox knows of the files that a process has written.
 *
 * @param owners whose they are
 */
record WrittenFiles(FileOwners owners) implements CopiedTree.NewFiles {

    @Override
    public Attributes made(Attributes found) {
        Owner owner = owners.ofNewFiles();
        return found.withOwner(owner.uid(), owner.gid());
    }

    @Override
    public Attributes given(Path file, Attributes known) throws IOException {
        Owner owner = owners.given(file, new Owner(known.uid(), known.gid()));
        return known.withOwner(owner.uid(), owner.gid());
    }
}
