package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.ModeChange;
import dev.slipway.local.layer.Node;
import dev.slipway.local.layer.SymbolicLink;
import dev.slipway.oci.layer.Attributes;
import java.time.Instant;
import java.util.Optional;

/**
 * What becomes of the attributes of what is copied.
 *
 * @param owner the owner of everything, if one is given
 * @param mode the mode of everything but links, or -1
 * @param change what is done to the modes of everything but links; it counts instead of {@code mode}
 * @param time the time of everything, if one is given
 */
record CopiedAttributes(Optional<OwnerIds> owner, int mode, Optional<ModeChange> change, Optional<Instant> time) {

    static CopiedAttributes of(Copy copy, Optional<OwnerIds> owner) {
        Optional<ModeChange> change =
                copy.modeText().isEmpty() ? Optional.empty() : Optional.of(change(copy.modeText()));
        return new CopiedAttributes(owner, copy.mode(), change, Surroundings.time(copy.timestamp()));
    }

    private static ModeChange change(String text) {
        try {
            return ModeChange.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ExecutorException(
                    "invalid mode: " + text + "; write an octal number or clauses such as u=rwX,go=rX", e);
        }
    }

    /** The attributes of the copy of a node that is made in a folder with these attributes. */
    Attributes of(Node source, boolean folder, Attributes parent) {
        return copied(source, folder, OwnerIds.madeIn(parent));
    }

    private Attributes copied(Node source, boolean folder, OwnerIds before) {
        Attributes attributes = source.attributes();
        OwnerIds ids = owner.orElse(OwnerIds.of(attributes)).after(before);
        int newMode = source instanceof SymbolicLink ? attributes.mode() : mode(attributes.mode(), folder);
        return new Attributes(newMode, ids.uid(), ids.gid(), time(attributes), attributes.xattrs());
    }

    /** The attributes of an existing folder that the folder is copied onto: what it has of its own and the copy lacks, stays. */
    Attributes onto(Attributes existing, Node source) {
        Attributes copied = copied(source, true, OwnerIds.of(existing));
        return copied.withAdded(existing.xattrs());
    }

    private int mode(int source, boolean folder) {
        if (change.isPresent()) {
            return change.get().apply(source, folder);
        }
        return mode >= 0 ? mode & 07777 : source;
    }

    Instant time(Attributes source) {
        return time.orElse(source.modified());
    }
}
