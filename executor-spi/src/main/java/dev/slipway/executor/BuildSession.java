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
 * What the client offers to one build. None of it becomes part of a key.
 *
 * @param directories local folders, by the names that {@code local://} sources use
 * @param layouts OCI layout folders, by the names that {@code oci.store} attributes use
 * @param secrets where secrets come from
 * @param sshAgents sockets of SSH agents by id
 * @param entitlements the extra rights that steps may ask for, by BuildKit's names ({@code network.host},
 *     {@code security.insecure})
 * @param uploads files that {@code http} sources read from the client instead of a server, by the name that follows
 *     {@link #UPLOADS} in the URL
 * @param credentials the credentials for registries; if empty, the executor uses its own
 * @param access whom the build may ask for its sources
 */
public record BuildSession(
        SortedMap<String, Path> directories,
        SortedMap<String, Path> layouts,
        Secrets secrets,
        SortedMap<String, Path> sshAgents,
        Set<String> entitlements,
        SortedMap<String, Path> uploads,
        Optional<CredentialSource> credentials,
        SourceAccess access) {

    /** The prefix of URLs that stand for the client's uploads, as in BuildKit. */
    public static final String UPLOADS = "http://buildkit-session/";

    /** A session that offers nothing. */
    public static final BuildSession EMPTY = new BuildSession(
            new TreeMap<>(),
            new TreeMap<>(),
            id -> Optional.empty(),
            new TreeMap<>(),
            Set.of(),
            new TreeMap<>(),
            Optional.empty(),
            SourceAccess.ONLINE);

    public BuildSession {
        directories =
                Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(directories, "directories is null")));
        layouts = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(layouts, "layouts is null")));
        requireNonNull(secrets, "secrets is null");
        sshAgents = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(sshAgents, "sshAgents is null")));
        entitlements = Collections.unmodifiableSet(new TreeSet<>(requireNonNull(entitlements, "entitlements is null")));
        uploads = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(uploads, "uploads is null")));
        requireNonNull(credentials, "credentials is null");
        requireNonNull(access, "access is null");
    }

    /** A session whose build may ask everybody for its sources. */
    public BuildSession(
            SortedMap<String, Path> directories,
            SortedMap<String, Path> layouts,
            Secrets secrets,
            SortedMap<String, Path> sshAgents,
            Set<String> entitlements,
            SortedMap<String, Path> uploads,
            Optional<CredentialSource> credentials) {
        this(directories, layouts, secrets, sshAgents, entitlements, uploads, credentials, SourceAccess.ONLINE);
    }

    /** A session that offers only these folders and layouts, by their names. */
    public static BuildSession of(Map<String, Path> directories, Map<String, Path> layouts) {
        return new BuildSession(
                new TreeMap<>(directories),
                new TreeMap<>(layouts),
                EMPTY.secrets(),
                new TreeMap<>(),
                Set.of(),
                new TreeMap<>(),
                Optional.empty(),
                SourceAccess.ONLINE);
    }

    /** The same session with other access to sources. */
    public BuildSession with(SourceAccess other) {
        return new BuildSession(directories, layouts, secrets, sshAgents, entitlements, uploads, credentials, other);
    }

    /** The same session with one more OCI layout. */
    public BuildSession withLayout(String name, Path folder) {
        TreeMap<String, Path> more = new TreeMap<>(layouts);
        more.put(name, folder);
        return new BuildSession(directories, more, secrets, sshAgents, entitlements, uploads, credentials, access);
    }

    /** Where secrets come from. */
    @FunctionalInterface
    public interface Secrets {

        /**
         * The secret with this id, if there is one. Called from any thread when a step that mounts the secret runs.
         *
         * @throws ExecutorException if the secret exists but cannot be read
         */
        Optional<byte[]> get(String id);
    }
}
