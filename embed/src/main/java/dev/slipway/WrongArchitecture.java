package dev.slipway;

/** What to do about programs in an image that its platform cannot run. */
public enum WrongArchitecture {
    /** Report them, in {@link BuildResult#foreignPrograms()} and in the progress. */
    WARN,
    /** Fail the build before any output is written. */
    ERROR,
    /** Do not look for them. */
    OFF
}
