package dev.slipway.executor.event;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step as a reader sees it.
 *
 * @param digest the digest of its vertex, which identifies it
 * @param name such as {@code [linux/amd64 build 2/4] RUN make}
 * @param platforms the platforms whose images need it, in the order of the request; empty for steps that belong to no
 *     image
 * @param stage the name of its stage; empty if there is only one, and for steps that are not instructions
 * @param number its number in its stage, from 1; 0 if steps are not counted
 * @param total the number of steps in its stage; 0 if steps are not counted
 * @param locations its places in the Dockerfile; empty for steps that are not instructions
 * @param executor the name of the executor that runs it
 */
public record Step(
        Digest digest,
        String name,
        List<Platform> platforms,
        Optional<String> stage,
        int number,
        int total,
        List<SourceLocation> locations,
        String executor) {

    /** The text before an instruction: {@code [PLATFORM STAGE NUMBER/TOTAL]}, the first two only if needed. */
    private static final Pattern PREFIX = Pattern.compile(
            "\\[(?:[^\\s\\]]*/[^\\s\\]]* )?(?:([^\\s\\]/]+) )? *(\\d{1,9})/(\\d{1,9})\\] .*", Pattern.DOTALL);

    public Step {
        requireNonNull(digest, "digest is null");
        requireNonNull(name, "name is null");
        platforms = List.copyOf(requireNonNull(platforms, "platforms is null"));
        requireNonNull(stage, "stage is null");
        locations = List.copyOf(requireNonNull(locations, "locations is null"));
        requireNonNull(executor, "executor is null");
    }

    /**
     * A step whose name says its place in its stage, if it has one.
     *
     * @param name as BuildKit writes it
     */
    public static Step of(
            Digest digest,
            String name,
            Collection<Platform> platforms,
            List<SourceLocation> locations,
            String executor) {
        Matcher prefix = PREFIX.matcher(requireNonNull(name, "name is null"));
        boolean counted = prefix.matches();
        return new Step(
                digest,
                name,
                List.copyOf(requireNonNull(platforms, "platforms is null")),
                counted ? Optional.ofNullable(prefix.group(1)) : Optional.empty(),
                counted ? Integer.parseInt(prefix.group(2)) : 0,
                counted ? Integer.parseInt(prefix.group(3)) : 0,
                locations,
                executor);
    }

    /** Work of a build that is not a vertex, identified by its name. */
    public static Step internal(String name, String executor) {
        return of(Digest.sha256(name), name, List.of(), List.of(), executor);
    }
}
