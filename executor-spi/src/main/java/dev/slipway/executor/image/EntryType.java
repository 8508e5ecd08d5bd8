package dev.slipway.executor.image;

/** The kind of an entry. The last two occur only in layers. */
public enum EntryType {
    /** A regular file. */
    FILE,
    DIRECTORY,
    SYMLINK,
    /** Another name of a file in the same layer. */
    HARD_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    /** A whiteout: the path is removed. */
    WHITEOUT,
    /** An opaque mark: the directory hides its content in lower layers. */
    OPAQUE
}
