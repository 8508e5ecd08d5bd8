package dev.slipway.local.layer;

import dev.slipway.oci.layer.Attributes;

/** What a path leads to, without its name. */
public sealed interface Node permits Folder, RegularFile, SymbolicLink, SpecialFile, LowerLink, Whiteout {

    /** Mode, owner and times. */
    Attributes attributes();
}
