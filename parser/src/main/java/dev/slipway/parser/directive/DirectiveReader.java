package dev.slipway.parser.directive;

import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads parser directives: an unbroken block of known {@code # name=value} lines at the very top. The first other line
 * ends it for good.
 */
public final class DirectiveReader {

    private static final Set<String> NAMES = Set.of("syntax", "escape", "check");

    private final String prefix;
    private final List<Directive> directives = new ArrayList<>();
    private boolean done;

    /** Reads lines that start with this comment sign. */
    public DirectiveReader(String prefix) {
        this.prefix = prefix;
    }

    /** The directives so far. */
    public List<Directive> directives() {
        return List.copyOf(directives);
    }

    /** Whether the block of directives has ended. */
    public boolean done() {
        return done;
    }

    /**
     * Looks at the next line.
     *
     * @param text the line without its line end and the blanks at its start
     * @param number its number
     * @return the directive, if it is one
     * @throws RepeatedDirectiveException if there is one of that name already
     */
    public Optional<Directive> read(String text, int number) {
        Optional<Directive> directive = done ? Optional.empty() : match(text, number);
        if (directive.isEmpty()) {
            done = true;
            return directive;
        }
        String name = directive.get().name();
        if (directives.stream().anyMatch(earlier -> earlier.name().equals(name))) {
            throw new RepeatedDirectiveException(name);
        }
        directives.add(directive.get());
        return directive;
    }

    private Optional<Directive> match(String text, int number) {
        if (!text.startsWith(prefix)) {
            return Optional.empty();
        }
        int start = Blanks.skip(text, prefix.length());
        int equals = text.indexOf('=', start);
        if (equals < 0 || equals == text.length() - 1) {
            return Optional.empty();
        }
        String name = GoText.toLowerCase(trim(text.substring(start, equals)));
        String value = text.substring(equals + 1);
        String trimmed = trim(value);
        // Nothing but blanks is a value of one blank, as in BuildKit.
        return NAMES.contains(name)
                ? Optional.of(
                        new Directive(name, trimmed.isEmpty() ? value.substring(value.length() - 1) : trimmed, number))
                : Optional.empty();
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r' && c != 0x0B;
    }
}
