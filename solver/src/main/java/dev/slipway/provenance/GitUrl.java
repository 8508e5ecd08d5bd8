package dev.slipway.provenance;

import dev.slipway.llb.SourceOp;

/** Where a git source comes from, as BuildKit names it: the remote with the branch, tag or commit, without the folder. */
final class GitUrl {

    private GitUrl() {}

    static String of(SourceOp source) {
        String address = source.address();
        int hash = address.indexOf('#');
        String remote = source.attributes()
                .getOrDefault("git.fullurl", "https://" + (hash < 0 ? address : address.substring(0, hash)));
        String fragment = hash < 0 ? "" : address.substring(hash + 1);
        int colon = fragment.indexOf(':');
        String reference = colon < 0 ? fragment : fragment.substring(0, colon);
        return reference.isEmpty() ? remote : remote + "#" + reference;
    }
}
