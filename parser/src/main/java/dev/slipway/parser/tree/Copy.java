package dev.slipway.parser.tree;

import java.util.List;

/**
 * {@code COPY}.
 *
 * @param statement how and where it was written
 * @param files what is copied where
 * @param from {@code --from} as written; empty if absent
 * @param chown {@code --chown} as written; empty if absent
 * @param chmod {@code --chmod} as written; empty if absent
 * @param link {@code --link}
 * @param parents {@code --parents}
 * @param excludes the values of {@code --exclude}, in order
 */
public record Copy(
        Statement statement,
        Transfer files,
        String from,
        String chown,
        String chmod,
        boolean link,
        boolean parents,
        List<String> excludes)
        implements Instruction {

    public Copy {
        excludes = List.copyOf(excludes);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitCopy(this);
    }
}
