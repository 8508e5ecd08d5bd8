package dev.slipway.local.layer;

import java.util.List;
import java.util.Optional;

/** A folder that can be looked into: a finished one or one that is being changed. */
public sealed interface Folder extends Node permits Directory, DraftDirectory {

    /** What is there under this name; a whiteout only in a layer. */
    Optional<Node> child(String name);

    /** All names, in the order in which layers list them. */
    List<String> names();
}
