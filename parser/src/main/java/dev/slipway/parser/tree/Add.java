package dev.slipway.parser.tree;

import java.util.List;
import java.util.Optional;

/**
 * {@code ADD}.
 *
 * @param statement how and where it was written
 * @param files what is copied where
 * @param chown {@code --chown} as written; empty if absent
 * @param chmod {@code --chmod} as written; empty if absent
 * @param link {@code --link}
 * @param keepGitDir {@code --keep-git-dir}, if given
 * @param checksum {@code --checksum} as written; empty if absent
 * @param unpack {@code --unpack}, if given
 * @param excludes the values of {@code --exclude}, in order
 */
public record Add(
        Statement statement,
        Transfer files,
        String chown,
        String chmod,
        boolean link,
        Optional<Boolean> keepGitDir,
        String checksum,
        Optional<Boolean> unpack,
        List<String> excludes)
        implements Instruction {

    public Add {
        excludes = List.copyOf(excludes);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitAdd(this);
    }
}
