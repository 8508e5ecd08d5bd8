package dev.slipway.sources;

import dev.slipway.llb.SourceLocation;
import java.util.List;

/**
 * Something that is wrong with a source.
 *
 * @param message which source, and what
 * @param locations where in the Dockerfile it is used
 */
public record SourceFinding(String message, List<SourceLocation> locations) {

    public SourceFinding {
        locations = List.copyOf(locations);
    }

    /** The message, with the line before it if there is one. */
    public String text() {
        return locations.isEmpty() || locations.get(0).ranges().isEmpty()
                ? message
                : "line " + locations.get(0).line() + ": " + message;
    }
}
