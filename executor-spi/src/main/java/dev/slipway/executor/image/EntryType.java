package dev.slipway.executor.image;

/** What an entry is. Only layers have the last two. */
public enum EntryType {
    /** A regular file. */
    FILE,
    DIRECTORY,
    SYMLINK,
    /** One more name of a file of the same layer. */
    HARD_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    /** The path is gone. */
    WHITEOUT,
    /** The directory hides everything that lower layers have in it. */
    OPAQUE
}
