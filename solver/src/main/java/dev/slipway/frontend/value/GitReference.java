package dev.slipway.frontend.value;

import static java.util.Objects.requireNonNull;

import dev.slipway.executor.text.SlashPath;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address of something in a git repository, such as {@code https://host/repository.git#branch:folder} or {@code
 * git@host:repository.git?tag=v1}.
 *
 * @param remote the address for git, without query and fragment
 * @param scheme {@code http}, {@code https}, {@code git} or {@code ssh}
 * @param host of the remote, with its port
 * @param path of the remote on the host
 * @param ref branch, tag, commit or full name; empty for the default branch
 * @param checksum the commit that the ref must lead to; empty for any
 * @param subdirectory the folder that is used; empty for all
 * @param looksLocal whether it could also be a path, as {@code github.com/a/b}; only contexts may be written like this
 * @param keepGitDirectory whether {@code .git} is kept, if stated
 * @param submodules whether submodules are fetched, if stated
 * @param fileTime {@code checkout} or {@code commit}; empty if not stated
 * @param fetchByCommit whether the checksum is fetched without looking at the ref
 */
public record GitReference(
        String remote,
        String scheme,
        String host,
        String path,
        String ref,
        String checksum,
        String subdirectory,
        boolean looksLocal,
        Optional<Boolean> keepGitDirectory,
        Optional<Boolean> submodules,
        String fileTime,
        boolean fetchByCommit) {

    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z0-9]+://.*", Pattern.DOTALL);

    public GitReference {
        requireNonNull(remote, "remote is null");
        requireNonNull(scheme, "scheme is null");
        requireNonNull(host, "host is null");
        requireNonNull(path, "path is null");
        requireNonNull(ref, "ref is null");
        requireNonNull(checksum, "checksum is null");
        requireNonNull(subdirectory, "subdirectory is null");
        requireNonNull(keepGitDirectory, "keepGitDirectory is null");
        requireNonNull(submodules, "submodules is null");
        requireNonNull(fileTime, "fileTime is null");
    }

    /**
     * Reads an address.
     *
     * @return what it refers to, or empty if it is not a git address but a path or another URL
     * @throws IllegalArgumentException with BuildKit's text if it is a git address with an invalid query
     */
    public static Optional<GitReference> parse(String text) {
        boolean looksLocal = text.startsWith("github.com/");
        if (!looksLocal && text.indexOf(':') < 0) {
            return Optional.empty(); // Most texts are plain paths, which need no parsing.
        }
        if (text.startsWith("./") || text.startsWith("../")) {
            return Optional.empty();
        }
        Url url;
        try {
            if (looksLocal) {
                url = Url.parse("https://" + text);
            } else {
                url = SCHEME.matcher(text).matches() ? Url.parse(text) : ScpAddress.parse(text);
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        boolean git = switch (url.scheme()) {
            case "http", "https" -> looksLocal || url.path().endsWith(".git");
            case "git", "ssh" -> true;
            default -> false;
        };
        return git ? Optional.of(new GitQuery(url).apply(looksLocal)) : Optional.empty();
    }

    /** The name of the repository: the end of its path, without {@code .git}. */
    public String shortName() {
        String name = remote.substring(remote.lastIndexOf('/') + 1);
        return name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    }

    /** Whether it is fetched over a connection that is not encrypted. */
    public boolean unencrypted() {
        return !looksLocal && (scheme.equals("http") || scheme.equals("git"));
    }

    /** The remote with its scheme, even if it looks like a path. */
    public String fullUrl() {
        return looksLocal ? "https://" + remote : remote;
    }

    /**
     * The identifier of BuildKit's source op, the same for every protocol: {@code git://host/path#ref:folder}. It has neither
     * scheme nor user of the remote.
     */
    public String identifier() {
        String fragment = ref.isEmpty() && subdirectory.isEmpty() ? "" : "#" + ref;
        return "git://" + host + SlashPath.clean("/" + path) + fragment
                + (subdirectory.isEmpty() ? "" : ":" + subdirectory);
    }
}
