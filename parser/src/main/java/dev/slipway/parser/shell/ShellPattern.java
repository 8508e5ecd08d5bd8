package dev.slipway.parser.shell;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a substitution: {@code *} stands for any text and {@code ?} for any character, line ends excepted.
 *
 * <p>All possible matches are followed at once, so that a match takes at most the length of the pattern times that of
 * the text. For one thread.
 */
final class ShellPattern {

    private static final int ANY = -1;
    private static final int STAR = -2;
    private static final int NEVER = Integer.MAX_VALUE;

    /** Steps that all matches together may take: less than a second. Real patterns need some hundreds. */
    private static final long MAX_STEPS = 100_000_000;

    private final int[] parts;
    private long steps;

    private ShellPattern(int[] parts) {
        this.parts = parts;
    }

    /**
     * Reads a pattern.
     *
     * @throws ExpansionException if an escape character stands before anything but {@code * ? \ / }}
     */
    static ShellPattern parse(String pattern) {
        int[] parts = new int[pattern.length()];
        int count = 0;
        Cursor in = new Cursor(pattern);
        for (int c = in.next(); c != Cursor.END; c = in.next()) {
            int part = c;
            if (c == '*') {
                part = STAR;
            } else if (c == '?') {
                part = ANY;
            } else if (c == '\\') {
                if (in.peek() == '}' || in.peek() == '/') {
                    continue; // was escaped only so that it does not end the pattern
                }
                part = in.next();
                if (part != '*' && part != '?' && part != '\\') {
                    String shown = part == Cursor.END ? "\uFFFD" : Character.toString(part);
                    throw new ExpansionException(
                            "invalid pattern (" + pattern + ") in substitution: invalid escape '\\" + shown + "'");
                }
            }
            if (part != STAR || count == 0 || parts[count - 1] != STAR) {
                parts[count++] = part;
            }
        }
        return new ShellPattern(Arrays.copyOf(parts, count));
    }

    /** The length of the longest or shortest start of the text that matches; 0 if none does. */
    int prefixOf(String text, boolean longest) {
        Match match = search(text, 0, true, longest);
        return match == null ? 0 : match.end;
    }

    /** The first match at this index or behind it, and of those that start there the longest; null if there is none. */
    @Nullable
    Match find(String text, int from) {
        return search(text, from, false, true);
    }

    /** Where a match starts, and the index behind its end. */
    record Match(int start, int end) {}

    /** {@code starts[i]} is the least start of all matches whose first {@code i} parts end at the current place. */
    private @Nullable Match search(String text, int from, boolean anchored, boolean longest) {
        int[] starts = newStarts();
        int[] next = newStarts();
        Match best = null;
        for (int at = from; ; ) {
            if (best == null && (at == from || !anchored)) {
                starts[0] = Math.min(starts[0], at);
            }
            enterStars(starts);
            int start = starts[parts.length];
            if (start != NEVER && (best == null || start <= best.start)) {
                best = new Match(start, at);
            }
            if (at == text.length() || best != null && !longest) {
                return best;
            }
            steps += parts.length + 1;
            if (steps > MAX_STEPS) {
                throw new ExpansionException("the pattern and its text are too long");
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            boolean alive = advance(starts, next, c, best);
            int[] spare = starts;
            starts = next;
            next = spare;
            if (!alive && (best != null || anchored)) {
                return best;
            }
        }
    }

    private int[] newStarts() {
        int[] starts = new int[parts.length + 1];
        Arrays.fill(starts, NEVER);
        return starts;
    }

    /** A star may stand for nothing. */
    private void enterStars(int[] starts) {
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] == STAR) {
                starts[i + 1] = Math.min(starts[i + 1], starts[i]);
            }
        }
    }

    /** Takes one character; says whether any match can still come of it. */
    private boolean advance(int[] starts, int[] next, int c, @Nullable Match best) {
        Arrays.fill(next, NEVER);
        boolean alive = false;
        for (int i = 0; i < parts.length; i++) {
            int start = starts[i];
            if (start == NEVER || best != null && start > best.start) {
                continue;
            }
            int part = parts[i];
            if (part == c || part < 0 && c != '\n') {
                int to = part == STAR ? i : i + 1;
                next[to] = Math.min(next[to], start);
                alive = true;
            }
        }
        return alive;
    }
}
