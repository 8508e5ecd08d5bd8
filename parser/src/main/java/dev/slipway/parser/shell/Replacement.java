package dev.slipway.parser.shell;

/** The replacing modifiers, {@code ${name/pattern/replacement}} and with {@code //} for all matches. */
final class Replacement {

    private Replacement() {}

    /** The text with the first match replaced. */
    static String first(String text, ShellPattern shape, String replacement) {
        ShellPattern.Match match = shape.find(text, 0);
        return match == null ? text : text.substring(0, match.start()) + replacement + text.substring(match.end());
    }

    /**
     * The text with all matches replaced. The replacement is a template of Go's regular expressions, as in BuildKit:
     * {@code $0} is the match, other groups are empty and {@code $$} is a dollar.
     *
     * @throws ExpansionException if the result is longer than the limit
     */
    static String all(String text, ShellPattern shape, String replacement, int limit) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at <= text.length()) {
            ShellPattern.Match match = shape.find(text, at);
            if (match == null) {
                break;
            }
            out.append(text, copied, match.start());
            // An empty match directly after another match does not count.
            if (match.end() > copied || match.start() == 0) {
                appendTemplate(out, replacement, text.substring(match.start(), match.end()));
            }
            copied = match.end();
            int step = at == text.length() ? 1 : Character.charCount(text.codePointAt(at));
            at = Math.max(match.end(), at + step);
            if (out.length() > limit) {
                throw new ExpansionException("the text grows out of bounds");
            }
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static void appendTemplate(StringBuilder out, String template, String match) {
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at++);
            if (c != '$') {
                out.append(c);
            } else if (at < template.length() && template.charAt(at) == '$') {
                out.append('$');
                at++;
            } else {
                int end = endOfGroup(template, at);
                if (end < 0) {
                    out.append('$');
                } else {
                    String group = template.substring(at, end);
                    out.append(group.equals("0") || group.equals("{0}") ? match : "");
                    at = end;
                }
            }
        }
    }

    /** The end of a group's name, braces included, or -1 if there is none. */
    private static int endOfGroup(String template, int from) {
        boolean braced = from < template.length() && template.charAt(from) == '{';
        int start = braced ? from + 1 : from;
        int end = start;
        while (end < template.length() && isNamePart(template.codePointAt(end))) {
            end += Character.charCount(template.codePointAt(end));
        }
        if (end == start || braced && (end == template.length() || template.charAt(end) != '}')) {
            return -1;
        }
        return braced ? end + 1 : end;
    }

    private static boolean isNamePart(int c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }
}
