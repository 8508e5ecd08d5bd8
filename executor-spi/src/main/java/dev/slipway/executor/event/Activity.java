package dev.slipway.executor.event;

/** What takes its time, and is counted in bytes. */
public enum Activity {
    /** Fetching from a registry, a server or a repository. */
    DOWNLOADING,
    /** Making files out of an archive. */
    UNPACKING,
    /** Making a layer into a blob. */
    COMPRESSING,
    /** Writing an output. */
    WRITING,
    /** Sending to a registry. */
    UPLOADING
}
