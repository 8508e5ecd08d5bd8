package dev.slipway.frontend.convert;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.FileMode;
import dev.slipway.frontend.value.GitReference;
import dev.slipway.llb.FileAction;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Transfer;
import java.util.List;
import java.util.Optional;

/**
 * The common part of COPY and ADD, expanded.
 *
 * @param verb {@code COPY} or {@code ADD}
 * @param files what goes where
 * @param root where paths are found
 * @param fromContext whether that is the main context
 * @param chown {@code --chown}, or empty
 * @param chmod {@code --chmod}, or empty
 * @param link {@code --link}
 * @param parents {@code --parents}
 * @param excludes {@code --exclude}
 * @param remote flags for remote sources of ADD; empty for COPY
 */
record TransferRequest(
        String verb,
        Transfer files,
        Root root,
        boolean fromContext,
        String chown,
        String chmod,
        boolean link,
        boolean parents,
        List<String> excludes,
        Optional<Remote> remote) {

    /**
     * The flags of ADD.
     *
     * @param keepGitDirectory {@code --keep-git-dir}
     * @param checksum {@code --checksum}, or empty
     * @param unpack {@code --unpack}
     */
    record Remote(Optional<Boolean> keepGitDirectory, String checksum, Optional<Boolean> unpack) {

        /** These flags combined with those in the address of a repository; the two must agree. */
        Remote with(GitReference git) {
            Optional<Boolean> keep = git.keepGitDirectory();
            if (keep.isPresent() && keepGitDirectory.isPresent() && !keep.equals(keepGitDirectory)) {
                throw new FrontendException("inconsistent keep-git-dir configuration");
            }
            if (!checksum.isEmpty() && !git.checksum().isEmpty() && !checksum.equals(git.checksum())) {
                throw new FrontendException(
                        "checksum mismatch " + GoText.quote(checksum) + " != " + GoText.quote(git.checksum()));
            }
            return new Remote(
                    keep.or(() -> keepGitDirectory), git.checksum().isEmpty() ? checksum : git.checksum(), unpack);
        }
    }

    /** The files with the variables of the stage replaced. */
    static Transfer expand(StepContext step, Transfer files) {
        List<String> sources = files.sources().stream().map(step::expand).toList();
        String destination = step.expand(files.destination());
        List<Transfer.InlineFile> inlineFiles = files.inlineFiles().stream()
                .map(file -> file.expand()
                        ? new Transfer.InlineFile(file.path(), step.words().expandHeredoc(file.content()), false)
                        : file)
                .toList();
        return new Transfer(sources, inlineFiles, destination);
    }

    /** Permission bits, or -1 to keep the source's. */
    int mode() {
        return chmod.isEmpty() ? -1 : FileMode.parse(chmod).bits();
    }

    /** A symbolic mode, or empty. */
    String modeText() {
        return chmod.isEmpty() ? "" : FileMode.parse(chmod).symbolic();
    }

    /** Whether a layer of its own was asked for. With a mode this is silently ignored, as in BuildKit. */
    boolean ownLayer() {
        return link && chmod.isEmpty();
    }

    /** Who owns the files; names are looked up in the root that is changed. */
    Optional<FileAction.Owner> owner(int input) {
        return chown.isEmpty() ? Optional.empty() : Optional.of(Owners.parse(chown, input));
    }

    /** Its text in the history. */
    String history() {
        StringBuilder text = new StringBuilder(verb);
        text.append(parents ? " --parents" : "");
        text.append(chown.isEmpty() ? "" : " --chown=" + chown);
        text.append(chmod.isEmpty() ? "" : " --chmod=" + chmod);
        files.sources().forEach(source -> text.append(' ').append(source));
        files.inlineFiles().forEach(file -> text.append(" <<").append(file.path()));
        return text.append(' ')
                .append(files.destination())
                .append(" # buildkit")
                .toString();
    }
}
