package dev.slipway.frontend;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.ImageRequest.ResolveMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.SourceLocation.SourceFile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One conversion: a Dockerfile for one platform. Made by a {@link FrontendRequestBuilder}.
 *
 * @param target name of the stage to build; the last one if absent
 * @param platform the platform to build for; if absent, that of the base image, chosen near the first build platform
 * @param buildPlatforms what steps of {@code $BUILDPLATFORM} run on, the first one first; at least one
 * @param multiPlatform whether the names of steps say which platform they are for
 * @param buildArgs values for ARG
 * @param labels labels that override those of the Dockerfile
 * @param context where COPY and ADD find their files
 * @param namedContexts by name, or by {@code name::platform}
 * @param noCache the stages that do not use the cache: their names, or empty for all; none if absent
 * @param resolveMode whether registries are asked for base images
 * @param process settings of every RUN
 * @param allStages whether stages that the target does not need are converted as well, for a check of the whole file
 * @param scanner lists the contents of the image, if asked for
 * @param file the Dockerfile with its name, so that steps know their place in it; if absent, they have none
 */
public record FrontendRequest(
        Optional<String> target,
        Optional<Platform> platform,
        List<Platform> buildPlatforms,
        boolean multiPlatform,
        SortedMap<String, String> buildArgs,
        SortedMap<String, String> labels,
        MainContext context,
        Map<String, NamedContext> namedContexts,
        Optional<Set<String>> noCache,
        ResolveMode resolveMode,
        ProcessOptions process,
        boolean allStages,
        Optional<SbomScanner> scanner,
        Optional<SourceFile> file) {

    public FrontendRequest {
        requireNonNull(target, "target is null");
        requireNonNull(platform, "platform is null");
        buildPlatforms = List.copyOf(buildPlatforms);
        if (buildPlatforms.isEmpty()) {
            throw new IllegalArgumentException("there is no build platform");
        }
        buildArgs = Collections.unmodifiableSortedMap(new TreeMap<>(buildArgs));
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        requireNonNull(context, "context is null");
        namedContexts = Map.copyOf(namedContexts);
        noCache = noCache.map(Set::copyOf);
        requireNonNull(resolveMode, "resolveMode is null");
        requireNonNull(process, "process is null");
        requireNonNull(scanner, "scanner is null");
        requireNonNull(file, "file is null");
    }

    /** A request for the last stage, for the platform of this machine, from the client's folder {@code context}. */
    public static FrontendRequestBuilder builder() {
        return new FrontendRequestBuilder();
    }

    /** This request for a check of the file: without a target, all stages are looked at. */
    public FrontendRequest forCheck() {
        return new FrontendRequest(
                target,
                platform,
                buildPlatforms,
                multiPlatform,
                buildArgs,
                labels,
                context,
                namedContexts,
                noCache,
                resolveMode,
                process,
                target.isEmpty(),
                scanner,
                file);
    }

    /** This request for one stage and platform, with these contexts. */
    public FrontendRequest forStage(String stage, Platform wanted, Map<String, NamedContext> contexts) {
        return new FrontendRequest(
                Optional.of(stage),
                Optional.of(wanted),
                buildPlatforms,
                multiPlatform,
                buildArgs,
                labels,
                context,
                contexts,
                noCache,
                resolveMode,
                process,
                false,
                Optional.empty(),
                file);
    }

    /** The platform to build for; where the base image decides, a stand-in for it. */
    public Platform targetPlatform() {
        return platform.orElse(buildPlatforms.get(0));
    }
}
