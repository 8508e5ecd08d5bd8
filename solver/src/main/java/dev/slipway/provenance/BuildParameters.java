package dev.slipway.provenance;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.frontend.value.GitReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The request that a build was started with.
 *
 * @param arguments by the names that BuildKit's frontend has for them: {@code build-arg:NAME}, {@code label:NAME}, {@code target},
 *     ...
 * @param context the address of the main context; empty for a folder of the client
 * @param dockerfile the path of the Dockerfile in it
 */
public record BuildParameters(
        SortedMap<String, String> arguments, Optional<String> context, Optional<String> dockerfile) {

    static final String BUILD_ARGUMENT = "build-arg:";
    private static final String LABEL = "label:";

    public BuildParameters {
        arguments = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(arguments, "arguments is null")));
        requireNonNull(context, "context is null");
        requireNonNull(dockerfile, "dockerfile is null");
    }

    /** These without anything that should not be public. */
    BuildParameters minimal() {
        SortedMap<String, String> fewer = new TreeMap<>(arguments);
        fewer.keySet().removeIf(name -> name.startsWith(BUILD_ARGUMENT) || name.startsWith(LABEL));
        return new BuildParameters(fewer, context, dockerfile);
    }

    /** The source of the Dockerfile. Its digest is that of a material. */
    Map<String, Object> configSource(Sources sources, String pathName) {
        Map<String, Object> source = new LinkedHashMap<>();
        context.ifPresent(address -> {
            Optional<GitReference> git = git(address);
            String uri = git.map(BuildParameters::withFolder).orElse(address);
            String known = UrlCredentials.redact(
                    git.map(BuildParameters::withoutFolder).orElse(address));
            source.put("uri", UrlCredentials.redact(uri));
            sources.materials().stream()
                    .filter(material -> material.uri().equals(known))
                    .findFirst()
                    .ifPresent(material -> source.put("digest", material.digests()));
        });
        dockerfile.ifPresent(path -> source.put(pathName, path));
        return source;
    }

    private static String withoutFolder(GitReference git) {
        return git.fullUrl() + (git.ref().isEmpty() ? "" : "#" + git.ref());
    }

    private static String withFolder(GitReference git) {
        String folder = SlashPath.clean("/" + git.subdirectory()).substring(1);
        String fragment = git.ref() + (folder.isEmpty() ? "" : ":" + folder);
        return git.fullUrl() + (fragment.isEmpty() ? "" : "#" + fragment);
    }

    private static Optional<GitReference> git(String address) {
        try {
            return GitReference.parse(address);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
