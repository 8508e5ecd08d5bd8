package dev.slipway.executor;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the client offers to one build. Nothing of it enters a key.
 *
 * @param directories local folders by the name that {@code local://} sources use
 * @param layouts OCI layout folders by the name that {@code oci.store} attributes use
 * @param secrets where secrets come from
 * @param sshAgents sockets of SSH agents by id
 * @param entitlements what steps may ask for beyond the usual, by BuildKit's names ({@code network.host},
 *     {@code security.insecure})
 * @param uploads files that {@code http} sources read from the client instead of a server: what is at {@link #UPLOADS} and a
 *     name
 * @param credentials who is asking registries; empty where it is up to the executor
 */
public record BuildSession(
        SortedMap<String, Path> directories,
        SortedMap<String, Path> layouts,
        Secrets secrets,
        SortedMap<String, Path> sshAgents,
        Set<String> entitlements,
        SortedMap<String, Path> uploads,
        Optional<CredentialSource> credentials) {

    /** Where {@code http} sources find what the client uploads, as in BuildKit. */
    public static final String UPLOADS = "http://buildkit-session/";

    /** A session that offers nothing. */
    public static final BuildSession EMPTY = new BuildSession(
            new TreeMap<>(),
            new TreeMap<>(),
            id -> Optional.empty(),
            new TreeMap<>(),
            Set.of(),
            new TreeMap<>(),
            Optional.empty());

    public BuildSession {
        directories =
                Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(directories, "directories is null")));
        layouts = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(layouts, "layouts is null")));
        requireNonNull(secrets, "secrets is null");
        sshAgents = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(sshAgents, "sshAgents is null")));
        entitlements = Collections.unmodifiableSet(new TreeSet<>(requireNonNull(entitlements, "entitlements is null")));
        uploads = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(uploads, "uploads is null")));
        requireNonNull(credentials, "credentials is null");
    }

    /** A session that offers these folders and layouts, by their names, and nothing else. */
    public static BuildSession of(Map<String, Path> directories, Map<String, Path> layouts) {
        return new BuildSession(
                new TreeMap<>(directories),
                new TreeMap<>(layouts),
                EMPTY.secrets(),
                new TreeMap<>(),
                Set.of(),
                new TreeMap<>(),
                Optional.empty());
    }

    /** Where secrets come from. */
    @FunctionalInterface
    public interface Secrets {

        /**
         * The secret of this id, if there is one. It is asked for when a step that mounts it runs, by any thread.
         *
         * @throws ExecutorException if there is one that cannot be had
         */
        Optional<byte[]> get(String id);
    }
}
