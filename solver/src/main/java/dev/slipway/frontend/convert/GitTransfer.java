package dev.slipway.frontend.convert;

import dev.slipway.frontend.convert.TransferRequest.Remote;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.source.GitSource;
import dev.slipway.frontend.value.GitReference;

/** A git repository as a source of ADD. */
final class GitTransfer {

    private GitTransfer() {}

    /** The copy of a repository's files. A time in its address is ignored, as in BuildKit. */
    static FileNode.Step of(GitReference git, Remote flags, CopyTemplate template, String name) {
        GitSource repository = new GitSource(git, flags.keepGitDirectory().orElse(false), flags.checksum(), "");
        return new FileNode.Step(repository.output(Metadata.named(name)), template.exactly("/", false));
    }
}
