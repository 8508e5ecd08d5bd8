package dev.slipway.benchmark;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Something that builds. */
interface Engine extends Closeable {

    /** What it is called in the table. */
    String name();

    /** Why it cannot be measured here, or an empty text. */
    default String absence() {
        return "";
    }

    /** Whether it can do this work at all. */
    default boolean builds(Work work) {
        return true;
    }

    /** Forgets all that it has built, so that the next build is cold. */
    void forget() throws IOException, InterruptedException;

    /** Builds, and is done when this returns. */
    void build(Job job) throws IOException, InterruptedException;

    /** How many more builds with nothing to do it takes until one is as quick as the next. */
    default int warmUps() {
        return 0;
    }

    /** The most memory that its processes had at once, in bytes, if that is known. */
    default OptionalLong peakMemory() {
        return OptionalLong.empty();
    }

    /** Its processes that go on from build to build, as far as they are known. */
    default List<Long> lasting() {
        return List.of();
    }

    /** Lets the most memory be counted anew, if that can be. */
    default void forgetPeakMemory() {}

    /** Ends what it has started. */
    @Override
    default void close() throws IOException {}
}
