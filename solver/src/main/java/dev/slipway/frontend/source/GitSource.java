package dev.slipway.frontend.source;

import static java.util.Objects.requireNonNull;

import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.graph.SourceNode;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.llb.SourceOp;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a git repository.
 *
 * @param reference what of which repository
 * @param keepGitDirectory whether {@code .git} is there
 * @param checksum the required commit; empty for any
 * @param fileTime {@code commit} or {@code checkout}; empty for the latter
 */
public record GitSource(GitReference reference, boolean keepGitDirectory, String checksum, String fileTime) {

    public GitSource {
        requireNonNull(reference, "reference is null");
        requireNonNull(checksum, "checksum is null");
        requireNonNull(fileTime, "fileTime is null");
    }

    /** A source with the settings of the reference alone. */
    public static GitSource of(GitReference reference) {
        return new GitSource(
                reference, reference.keepGitDirectory().orElse(false), reference.checksum(), reference.fileTime());
    }

    /**
     * The files.
     *
     * @param metadata to which the capabilities are added
     */
    public Root output(Metadata metadata) {
        Map<String, String> attributes = new TreeMap<>();
        metadata.capability("source.git").capability("source.git.fullurl");
        attributes.put("git.fullurl", reference.fullUrl());
        attributes.put("git.authtokensecret", "GIT_AUTH_TOKEN");
        attributes.put("git.authheadersecret", "GIT_AUTH_HEADER");
        if (keepGitDirectory) {
            attributes.put("git.keepgitdir", "true");
            metadata.capability("source.git.keepgitdir");
        }
        if (reference.scheme().equals("ssh")) {
            // BuildKit adds the host's keys that it finds on the network; a conversion uses no network.
            attributes.put("git.mountsshsock", "default");
            metadata.capability("source.git.mountsshsock").capability("source.git.knownsshhosts");
        }
        if (!checksum.isEmpty()) {
            attributes.put("git.checksum", checksum);
            metadata.capability("source.git.checksum");
        }
        if (!reference.submodules().orElse(true)) {
            attributes.put("git.skipsubmodules", "true");
            metadata.capability("source.git.skipsubmodules");
        }
        if (!fileTime.isEmpty()) {
            attributes.put("git.mtime", fileTime);
            metadata.capability("source.git.mtime");
        }
        if (reference.fetchByCommit()) {
            attributes.put("git.fetchbycommit", "true");
            metadata.capability("source.git.fetchbycommit");
        }
        SourceOp op = SourceOp.of(reference.identifier(), attributes);
        return Root.of(new SourceNode(op, Optional.empty(), metadata.build()));
    }
}
