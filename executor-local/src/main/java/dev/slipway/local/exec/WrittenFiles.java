package dev.slipway.local.exec;

import dev.slipway.llb.Bytes;
import dev.slipway.local.sandbox.FileOwners;
import dev.slipway.local.sandbox.FileOwners.Owner;
import dev.slipway.local.store.CopiedTree;
import dev.slipway.oci.layer.Attributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

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
        Owner before = new Owner(known.uid(), known.gid());
        Owner owner = owners.given(file, before);
        return owner.equals(before) ? known : withoutCapability(known.withOwner(owner.uid(), owner.gid()));
    }

    /** Whoever gives a program away takes what it had in rights. */
    private static Attributes withoutCapability(Attributes attributes) {
        SortedMap<String, Bytes> xattrs = new TreeMap<>(attributes.xattrs());
        return xattrs.remove(Attributes.CAPABILITY) == null ? attributes : attributes.withXattrs(xattrs);
    }
}
