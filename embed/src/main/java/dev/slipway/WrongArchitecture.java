package dev.slipway;

/** What becomes of a build that puts programs into an image which the image's platform does not run. */
public enum WrongArchitecture {
    /** They are reported, in {@link BuildResult#foreignPrograms()} and by progress. */
    WARN,
    /** The build fails before any output is written. */
    ERROR,
    /** Nobody looks for them. */
    OFF
}
