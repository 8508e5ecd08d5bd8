package dev.slipway.benchmark;

import java.util.List;

/**
 * A line of the table.
 *
 * @param name what is done; no two have the same
 * @param context the context that is built
 * @param state what the engine has built before
 * @param platforms what is built; none for the machine's own
 * @param export whether an OCI archive is written
 * @param libraryTarget the part of BuildKit's time that a library call in a warm JVM may take
 * @param commandTarget the part of a peer's time that the command may take
 * @param commandPeer the peer: the quicker one of BuildKit's clients, or the one that people run
 */
record Work(
        String name,
        String context,
        State state,
        List<String> platforms,
        boolean export,
        double libraryTarget,
        double commandTarget,
        String commandPeer) {

    private static final String BUILDKIT = "BuildKit";
    private static final String BUILDX = "buildx";
    private static final double NO_TARGET = Double.NaN;
    private static final List<String> NATIVE = List.of();
    private static final List<String> BOTH = List.of("linux/amd64", "linux/arm64");

    /** In this order, so that each finds the state that it needs. */
    static final List<Work> ALL = List.of(
            new Work("30 RUN steps, cold", "run30", State.COLD, NATIVE, false, 0.4, NO_TARGET, BUILDKIT),
            new Work("20,000 files, archive, cold", "files20k", State.COLD, NATIVE, true, 0.4, NO_TARGET, BUILDKIT),
            new Work("20,000 files, archive, nothing changed", "files20k", State.UNCHANGED, NATIVE, true, 0.3, 1.0, BUILDKIT),
            new Work("20,000 files, no output, nothing changed", "files20k", State.UNCHANGED, NATIVE, false, 0.3, 1.0, BUILDKIT),
            new Work("20,000 files, archive, one file added", "files20k", State.ONE_FILE_ADDED, NATIVE, true, 0.3, NO_TARGET, BUILDKIT),
            new Work("uname, two platforms, nothing changed", "uname", State.UNCHANGED, BOTH, false, 0.1, 1.0, BUILDX),
            new Work("1,000 stages, cold", "chain1k", State.COLD, NATIVE, false, 0.2, NO_TARGET, BUILDKIT),
            new Work("1,000 stages, nothing changed", "chain1k", State.UNCHANGED, NATIVE, false, 0.3, NO_TARGET, BUILDKIT));

    /** What the engine has built before. */
    enum State {
        /** Nothing. */
        COLD,
        /** The same. */
        UNCHANGED,
        /** The same less one file. */
        ONE_FILE_ADDED
    }
}
