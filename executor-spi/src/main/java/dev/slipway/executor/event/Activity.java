package dev.slipway.executor.event;

/** Work that takes time and is counted in bytes. */
public enum Activity {
    /** Downloading from a registry, a server or a repository. */
    DOWNLOADING,
    /** Unpacking an archive. */
    UNPACKING,
    /** Compressing a layer into a blob. */
    COMPRESSING,
    /** Writing an output. */
    WRITING,
    /** Sending to a registry or an engine. */
    UPLOADING
}
