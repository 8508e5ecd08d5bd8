package dev.slipway.solver;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import dev.slipway.executor.event.Step;
import dev.slipway.executor.text.Reason;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import dev.slipway.llb.Vertex;
import java.util.List;

/** A vertex failed, and with it the solve. */
public final class SolveException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Vertex vertex;
    private final transient Step step;
    private final transient List<SourceLocation> locations;

    SolveException(Vertex vertex, Step step, List<SourceLocation> locations, Throwable cause) {
        super(message(step.platforms(), cause), cause);
        this.step = step;
        this.vertex = requireNonNull(vertex, "vertex is null");
        this.locations = List.copyOf(locations);
    }

    /** Where it comes from: its own place, or that of a vertex that needs it, for sources have none. */
    public List<SourceLocation> locations() {
        return locations;
    }

    /** The step that failed, as a reader sees it. */
    public Step step() {
        return step;
    }

    private static String message(List<Platform> platforms, Throwable cause) {
        return platforms.stream().map(Platform::format).collect(joining(", ", "for ", ": "))
                + UrlCredentials.redact(Reason.of(cause));
    }

    /** The vertex that failed; its metadata says where it comes from. */
    public Vertex vertex() {
        return vertex;
    }
}
