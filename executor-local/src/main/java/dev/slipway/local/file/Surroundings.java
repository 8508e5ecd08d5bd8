package dev.slipway.local.file;

import dev.slipway.llb.FileAction;
import dev.slipway.local.layer.DraftDirectory;
import dev.slipway.local.store.ContentReader;
import dev.slipway.local.store.NewContents;
import dev.slipway.oci.layer.Attributes;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;

/**
 * What actions need besides roots.
 *
 * @param contents reads files of the inputs
 * @param added takes in new files
 * @param now the time of what is made without one
 */
record Surroundings(ContentReader contents, NewContents added, Instant now) {

    /** What something new is to be like; it has its owner once it is known {@linkplain #in where it is made}. */
    Attributes attributes(int mode, Optional<OwnerIds> owner, long timestamp) {
        OwnerIds ids = owner.orElse(OwnerIds.NOT_GIVEN);
        return new Attributes(mode, ids.uid(), ids.gid(), time(timestamp).orElse(now), Collections.emptySortedMap());
    }

    /** The attributes of something new that is made in this folder. */
    static Attributes in(DraftDirectory folder, Attributes wanted) {
        OwnerIds owner = OwnerIds.of(wanted).after(OwnerIds.madeIn(folder.attributes()));
        return wanted.withOwner(owner.uid(), owner.gid());
    }

    /** The time that a timestamp in nanoseconds stands for, if it stands for one. */
    static Optional<Instant> time(long timestamp) {
        if (timestamp == FileAction.NO_TIMESTAMP) {
            return Optional.empty();
        }
        long second = 1_000_000_000;
        return Optional.of(Instant.ofEpochSecond(Math.floorDiv(timestamp, second), Math.floorMod(timestamp, second)));
    }
}
