package dev.slipway.corpus;

/** What is compared, in the order of the summary. */
enum Kind {
    GRAPHS,
    IMAGES,
    CHECKS,
    ERRORS,
    OUTLINES,
    METADATA
}
