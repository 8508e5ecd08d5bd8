package dev.slipway.solver.cache;

import dev.slipway.executor.ContentSelector;
import dev.slipway.executor.pattern.Glob;
import dev.slipway.executor.text.Utf8Order;
import dev.slipway.llb.Digest;
import dev.slipway.llb.FileAction;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.FileAction.UserReference;
import dev.slipway.llb.FileOp;
import dev.slipway.llb.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How file operations use one of their inputs. */
final class FileInput {

    private static final String USERS = "/etc/passwd";
    private static final String GROUPS = "/etc/group";

    private final int position;
    private final List<String> copied = new ArrayList<>();
    private final List<ContentSelector> selectors = new ArrayList<>();

    private FileInput(int position) {
        this.position = position;
    }

    static InputUse of(FileOp file, int position) {
        FileInput input = new FileInput(position);
        file.actions().forEach(input::add);
        boolean builtUpon =
                input.selectors.isEmpty() || file.actions().stream().anyMatch(action -> action.input() == position);
        return builtUpon
                ? new InputUse(input.copied, Optional.empty(), List.of(), true)
                : new InputUse(
                        input.copied,
                        Optional.of(selector(input.selectors)),
                        Selectors.normalized(input.selectors),
                        false);
    }

    private void add(FileAction action) {
        if (action.command() instanceof FileAction.Copy copy) {
            lookUp(copy.owner());
            if (action.secondaryInput() == position) {
                copied.add(copy.source());
                selectors.add(selector(copy));
            }
        } else if (action.command() instanceof FileAction.MakeFile file) {
            lookUp(file.owner());
        } else if (action.command() instanceof FileAction.MakeDirectory directory) {
            lookUp(directory.owner());
        }
        // BuildKit does not look for the owner of a link.
    }

    private void lookUp(Optional<Owner> owner) {
        owner.flatMap(Owner::user).filter(this::isHere).ifPresent(user -> selectors.add(ContentSelector.of(USERS)));
        owner.flatMap(Owner::group).filter(this::isHere).ifPresent(group -> selectors.add(ContentSelector.of(GROUPS)));
    }

    private boolean isHere(UserReference reference) {
        return reference instanceof UserName name && name.input() == position && position != Op.NONE;
    }

    private static ContentSelector selector(FileAction.Copy copy) {
        // A pattern without wildcards is one all the same for the copy, which says what it does not find.
        boolean pattern = copy.allowWildcard() && copy.source().chars().anyMatch(c -> "*?[\\".indexOf(c) >= 0);
        return new ContentSelector(
                copy.source(),
                pattern && Glob.hasWildcard(copy.source()),
                copy.followSymlink(),
                copy.includePatterns(),
                copy.excludePatterns(),
                !pattern,
                copy.requiredPaths());
    }

    private static Digest selector(List<ContentSelector> selectors) {
        return Digest.sha256(selectors.stream()
                .map(ContentSelector::path)
                .sorted(Utf8Order.INSTANCE.reversed())
                .collect(Collectors.joining("\0")));
    }
}
