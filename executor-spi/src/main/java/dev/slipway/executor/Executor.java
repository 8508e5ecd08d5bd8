package dev.slipway.executor;

import java.util.List;

/** A backend that runs builds. One instance serves many builds at once, from any thread. */
public interface Executor extends AutoCloseable {

    /** A short name for messages, such as {@code local}. */
    String name();

    /** What this backend can run and how, native platforms first. The list reflects the machine as it is now. */
    List<PlatformSupport> platforms();

    /** Releases what the backend holds; builds that still run are cancelled. */
    @Override
    void close();
}
