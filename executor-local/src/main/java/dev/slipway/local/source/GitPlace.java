package dev.slipway.local.source;

import dev.slipway.llb.SourceOp;
import java.util.Optional;

/**
 * What a git source asks for.
 *
 * @param url of the repository
 * @param reference a branch, tag or commit; empty for the repository's default
 * @param subfolder the part of the checkout that is wanted; empty for all
 * @param checksum what the commit has to start with, or empty
 * @param keepGitFolder whether {@code .git} stays
 * @param skipSubmodules whether submodules stay empty
 * @param tokenSecret the secret that holds a token, if one does
 * @param headerSecret the secret that holds an {@code Authorization} header, if one does
 */
record GitPlace(
        String url,
        String reference,
        String subfolder,
        String checksum,
        boolean keepGitFolder,
        boolean skipSubmodules,
        Optional<String> tokenSecret,
        Optional<String> headerSecret) {

    static GitPlace of(SourceOp op) {
        int hash = op.address().indexOf('#');
        String address = hash < 0 ? op.address() : op.address().substring(0, hash);
        String fragment = hash < 0 ? "" : op.address().substring(hash + 1);
        int colon = fragment.indexOf(':');
        return new GitPlace(
                op.attributes().getOrDefault("git.fullurl", "https://" + address),
                colon < 0 ? fragment : fragment.substring(0, colon),
                colon < 0 ? "" : fragment.substring(colon + 1),
                op.attributes().getOrDefault("git.checksum", ""),
                op.attributes().containsKey("git.keepgitdir"),
                op.attributes().containsKey("git.skipsubmodules"),
                Optional.ofNullable(op.attributes().get("git.authtokensecret")),
                Optional.ofNullable(op.attributes().get("git.authheadersecret")));
    }

    /** Whether the reference is a whole commit id, which nobody has to be asked about. */
    boolean namesCommit() {
        return reference.matches("[0-9a-f]{40}|[0-9a-f]{64}");
    }
}
