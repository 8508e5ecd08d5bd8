package dev.slipway.parser.directive;

import dev.slipway.parser.text.SourceText;
import dev.slipway.parser.tree.Directive;
import java.util.Optional;

/** Finds parser directives in any text, even if it is not a valid Dockerfile. */
public final class Directives {

    private Directives() {}

    /**
     * The directive of this name ({@code syntax}, {@code escape} or {@code check}), if the text starts with directives and
     * it is among them. A byte-order mark and a {@code #!} line before them are skipped.
     */
    public static Optional<Directive> find(byte[] source, String name) {
        DirectiveReader reader = new DirectiveReader("#");
        SourceText text = SourceText.of(source);
        int first = text.lineCount() > 0 && text.line(1).startsWith("#!") ? 2 : 1;
        try {
            for (int line = first; line <= text.lineCount() && !reader.done(); line++) {
                reader.read(text.line(line), line);
            }
        } catch (RepeatedDirectiveException e) {
            // one name twice: those before it count
        }
        return reader.directives().stream()
                .filter(directive -> directive.name().equals(name))
                .findFirst();
    }

    /** The directive that a comment is, the comment sign left out; such as {@code check=skip=all}. */
    public static Optional<Directive> ofComment(String comment) {
        return new DirectiveReader("").read(comment, 1);
    }
}
