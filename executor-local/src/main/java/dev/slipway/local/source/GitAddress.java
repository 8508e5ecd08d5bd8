package dev.slipway.local.source;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.text.SlashPath;
import dev.slipway.executor.text.UrlCredentials;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a git source names.
 *
 * @param remote the address of the repository, for http and https without name and password
 * @param userInfo name and password as the address has them, for http and https
 * @param reference a branch, a tag or a commit id; empty for the default branch
 * @param folder the folder that is wanted, clean and relative; empty for everything
 * @param writtenFolder the same as it is written
 * @param keepGitFolder whether {@code .git} is wanted too
 * @param submodules whether submodules are checked out
 * @param checksum what the commit id has to begin with, or empty
 * @param fetchByCommit whether the checksum alone says what is fetched, whatever the reference stands for
 * @param attributes the others: credentials
 */
record GitAddress(
        String remote,
        Optional<String> userInfo,
        String reference,
        String folder,
        String writtenFolder,
        boolean keepGitFolder,
        boolean submodules,
        String checksum,
        boolean fetchByCommit,
        Map<String, String> attributes) {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern HTTP = Pattern.compile("(https?://)([^/?#]*)@(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHECKSUM = Pattern.compile("[0-9a-fA-F]*");

    static GitAddress of(Vertex vertex) {
        SourceOp op = (SourceOp) vertex.op();
        Map<String, String> attributes = op.attributes();
        String address = op.address();
        int hash = address.indexOf('#');
        String fragment = hash < 0 ? "" : address.substring(hash + 1);
        int colon = fragment.indexOf(':');
        String reference = colon < 0 ? fragment : fragment.substring(0, colon);
        String folder = colon < 0 ? "" : fragment.substring(colon + 1);
        String remote =
                attributes.getOrDefault("git.fullurl", "https://" + (hash < 0 ? address : address.substring(0, hash)));
        String checksum = attributes.getOrDefault("git.checksum", "");
        // What begins so is an option for git, and no argument or variable of a program can hold a NUL.
        if (remote.startsWith("-") || reference.startsWith("-") || (remote + reference).indexOf('\0') >= 0) {
            throw new ExecutorException("invalid git source " + op.identifier());
        }
        if (!CHECKSUM.matcher(checksum).matches()) {
            throw new ExecutorException("invalid checksum " + checksum
                    + " for Git URL, expected hex commit hash: up to 64 hexadecimal digits");
        }
        Matcher http = HTTP.matcher(remote);
        return new GitAddress(
                http.matches() ? http.group(1) + http.group(3) : remote,
                http.matches() ? Optional.of(http.group(2)) : Optional.empty(),
                reference,
                SlashPath.clean("/" + folder).substring(1),
                folder,
                flag(attributes, "git.keepgitdir"),
                !flag(attributes, "git.skipsubmodules"),
                checksum.toLowerCase(Locale.ROOT),
                flag(attributes, "git.fetchbycommit"),
                attributes);
    }

    private static boolean flag(Map<String, String> attributes, String name) {
        return "true".equals(attributes.get(name));
    }

    /** Whether this is the id of a commit in full. */
    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** The address without a password. */
    String display() {
        return UrlCredentials.redact(remote);
    }

    Optional<String> attribute(String name) {
        return Optional.ofNullable(attributes.get(name)).filter(value -> !value.isEmpty());
    }
}
