package dev.slipway.frontend;

import dev.slipway.frontend.TransferRequest.Remote;
import dev.slipway.frontend.graph.FileNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Output;
import dev.slipway.frontend.source.GitSource;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.parser.GoText;
import java.util.Optional;

/** A git repository as a source of ADD. */
final class GitTransfer {

    private GitTransfer() {}

    /** The copy, if the source is a repository. One that can't be told from a path is a path. */
    static Optional<FileNode.Step> of(TransferRequest request, String source, CopyTemplate template, String name) {
        Optional<GitReference> git = TransferChecks.git(source).filter(found -> !found.looksLocal());
        if (git.isEmpty()) {
            return Optional.empty();
        }
        Remote flags = request.remote()
                .orElseThrow(() -> new FrontendException("source can't be a git ref for " + request.verb()));
        GitSource repository =
                new GitSource(git.get(), keepGitDirectory(git.get(), flags), checksum(git.get(), flags), "");
        Output root = repository.output(Metadata.named(name));
        return Optional.of(new FileNode.Step(root, template.exactly("/", false)));
    }

    private static boolean keepGitDirectory(GitReference git, Remote flags) {
        Optional<Boolean> inAddress = git.keepGitDirectory();
        if (inAddress.isPresent()
                && flags.keepGitDirectory().isPresent()
                && !inAddress.equals(flags.keepGitDirectory())) {
            throw new FrontendException("inconsistent keep-git-dir configuration");
        }
        return inAddress.or(flags::keepGitDirectory).orElse(false);
    }

    private static String checksum(GitReference git, Remote flags) {
        if (git.checksum().isEmpty()) {
            return flags.checksum();
        }
        if (!flags.checksum().isEmpty() && !flags.checksum().equals(git.checksum())) {
            throw new FrontendException(
                    "checksum mismatch " + GoText.quote(flags.checksum()) + " != " + GoText.quote(git.checksum()));
        }
        return git.checksum();
    }
}
