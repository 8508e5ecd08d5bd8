package dev.slipway.benchmark;

import java.util.List;

/**
 * A line of the table.
 *
 * @param name what is done; no two have the same
 * @param context the context that is built
 * @param state what the engine has built before
 * @param platforms what is built; none for the machine's own
 * @param target where the image goes
 * @param libraryTarget the part of BuildKit's time that a library call in a warm JVM may take
 * @param commandTarget the part of a peer's time that the command may take
 * @param commandPeer the peer: the quicker one of BuildKit's clients, or the one that people run
 */
record Work(
        String name,
        String context,
        State state,
        List<String> platforms,
        Target target,
        double libraryTarget,
        double commandTarget,
        String commandPeer) {

    private static final String BUILDKIT = "BuildKit";
    private static final String BUILDX = "buildx";
    private static final double NO_TARGET = Double.NaN;
    private static final List<String> NATIVE = List.of();
    private static final List<String> BOTH = List.of("linux/amd64", "linux/arm64");

    /** What takes steps and files. In this order, so that each finds the state that it needs. */
    static final List<Work> STEPS = List.of(
            new Work("30 RUN steps, cold", "run30", State.COLD, NATIVE, Target.NOTHING, 0.4, NO_TARGET, BUILDKIT),
            new Work("20,000 files, archive, cold", "files20k", State.COLD, NATIVE, Target.ARCHIVE, 0.4, NO_TARGET, BUILDKIT),
            new Work("20,000 files, archive, nothing changed", "files20k", State.UNCHANGED, NATIVE, Target.ARCHIVE, 0.3, 1.0, BUILDKIT),
            new Work("20,000 files, no output, nothing changed", "files20k", State.UNCHANGED, NATIVE, Target.NOTHING, 0.3, 1.0, BUILDKIT),
            new Work("20,000 files, archive, one file added", "files20k", State.ONE_FILE_ADDED, NATIVE, Target.ARCHIVE, 0.3, NO_TARGET, BUILDKIT),
            new Work("uname, two platforms, nothing changed", "uname", State.UNCHANGED, BOTH, Target.NOTHING, 0.1, 1.0, BUILDX),
            new Work("1,000 stages, cold", "chain1k", State.COLD, NATIVE, Target.NOTHING, 0.2, NO_TARGET, BUILDKIT),
            new Work("1,000 stages, nothing changed", "chain1k", State.UNCHANGED, NATIVE, Target.NOTHING, 0.3, NO_TARGET, BUILDKIT));

    /** What takes bytes. */
    static final List<Work> BYTES = List.of(
            image("180 MB, gzip, cold", "layer180", State.COLD, Target.ARCHIVE),
            image("180 MB, gzip, nothing changed", "layer180", State.UNCHANGED, Target.ARCHIVE),
            image("180 MB, zstd, cold", "layer180", State.COLD, Target.ZSTD_ARCHIVE),
            image("180 MB, zstd, nothing changed", "layer180", State.UNCHANGED, Target.ZSTD_ARCHIVE),
            image("jars, layout, cold", "java100", State.COLD, Target.LAYOUT),
            image("jars, layout, nothing changed", "java100", State.UNCHANGED, Target.LAYOUT),
            image("jars, layout, application changed", "java100", State.APPLICATION_CHANGED, Target.LAYOUT),
            image("jars, registry, cold", "java100", State.COLD, Target.REGISTRY),
            image("jars, registry, nothing changed", "java100", State.UNCHANGED, Target.REGISTRY),
            image("jars, registry, application changed", "java100", State.APPLICATION_CHANGED, Target.REGISTRY));

    private static Work image(String name, String context, State state, Target target) {
        return new Work(name, context, state, NATIVE, target, 0.5, NO_TARGET, BUILDKIT);
    }

    /** What the engine has built before. */
    enum State {
        /** Nothing. */
        COLD,
        /** The same. */
        UNCHANGED,
        /** The same less one file. */
        ONE_FILE_ADDED,
        /** The same with another application jar. */
        APPLICATION_CHANGED
    }

    /** Where the image goes. */
    enum Target {
        /** It stays in the engine. */
        NOTHING,
        /** An OCI archive, with layers as they are usually compressed. */
        ARCHIVE,
        /** An OCI archive with layers in zstd. */
        ZSTD_ARCHIVE,
        /** A folder, in which the images of earlier builds stay. */
        LAYOUT,
        /** A registry on loopback. */
        REGISTRY
    }
}
