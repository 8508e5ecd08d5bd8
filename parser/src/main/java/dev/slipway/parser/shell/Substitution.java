package dev.slipway.parser.shell;

/** {@code $name}, <code>${name}</code> and the forms with a modifier. */
final class Substitution {

    private final WordReader words;
    private final Cursor in;
    private final boolean keepUnset;

    Substitution(WordReader words, Cursor in) {
        this.words = words;
        this.in = in;
        this.keepUnset = words.settings().keepUnset();
    }

    /** Reads a substitution, from its {@code $} to its end, and returns what replaces it. */
    String read() {
        in.next();
        if (in.peek() == '{') {
            in.next();
            return readBraced();
        }
        String name = readName();
        if (name.isEmpty()) {
            return "$";
        }
        String value = words.lookUp(name);
        return value != null ? value : keepUnset ? "$" + name : "";
    }

    private String readBraced() {
        int first = in.peek();
        if (first == Cursor.END) {
            throw new ExpansionException("syntax error: missing '}'");
        }
        if (first == '{' || first == '}' || first == ':') {
            throw new ExpansionException("syntax error: bad substitution");
        }
        String name = readName();
        int modifier = in.next();
        return switch (modifier) {
            case '}' -> plain(name);
            case ':' -> readWithWord(name, ":" + text(in.peek()), in.next(), true);
            case '+', '-', '?', '#', '%' -> readWithWord(name, text(modifier), modifier, false);
            case '/' -> readReplacement(name);
            default -> throw unsupported(text(modifier));
        };
    }

    private String plain(String name) {
        String value = words.lookUp(name);
        return value != null ? value : keepUnset ? "${" + name + "}" : "";
    }

    private String readWithWord(String name, String written, int modifier, boolean emptyIsUnset) {
        boolean pattern = modifier == '#' || modifier == '%';
        if (pattern && emptyIsUnset) {
            throw unsupported(written);
        }
        String word = readPart('}', pattern, "syntax error: missing '}'");
        String value = words.lookUp(name);
        if (value == null && keepUnset) {
            return "${" + name + written + word + "}";
        }
        String text = value == null ? "" : value;
        boolean given = value != null && !(emptyIsUnset && value.isEmpty());
        return switch (modifier) {
            case '-' -> given ? text : word;
            case '+' -> given ? word : "";
            case '?' -> {
                if (!given) {
                    String reason = "is not allowed to be " + (value == null ? "unset" : "empty");
                    throw new ExpansionException(name + ": " + (word.isEmpty() ? reason : word));
                }
                yield text;
            }
            case '#', '%' -> trim(text, word, modifier);
            default -> throw unsupported(written);
        };
    }

    private static String trim(String value, String word, int modifier) {
        boolean longest = !word.isEmpty() && word.charAt(0) == modifier;
        String pattern = longest ? word.substring(1) : word;
        if (modifier == '#') {
            return value.substring(ShellPattern.parse(pattern).prefixOf(value, longest));
        }
        // A suffix is a prefix of the text read backwards.
        String reversed = new StringBuilder(value).reverse().toString();
        int length = ShellPattern.parse(reversePattern(pattern)).prefixOf(reversed, longest);
        return value.substring(0, value.length() - length);
    }

    private String readReplacement(String name) {
        boolean all = in.peek() == '/';
        if (all) {
            in.next();
        }
        String pattern = readPart('/', true, "syntax error: missing '/' in ${}");
        String replacement = readPart('}', true, "syntax error: missing '}'");
        String value = words.lookUp(name);
        if (value == null && keepUnset) {
            // One slash even where two were written, as in BuildKit.
            return "${" + name + "/" + pattern + "/" + replacement + "}";
        }
        String text = value == null ? "" : value;
        ShellPattern shape = ShellPattern.parse(pattern);
        return all
                ? Replacement.all(text, shape, replacement, words.maxLength())
                : Replacement.first(text, shape, replacement);
    }

    private String readPart(char end, boolean keepEscapes, String missing) {
        try {
            return words.readUntil(end, keepEscapes);
        } catch (ExpansionException e) {
            throw in.atEnd() ? new ExpansionException(missing) : e;
        }
    }

    /** Digits, one special character, or letters, digits and underscores. */
    private String readName() {
        int first = in.peek();
        StringBuilder name = new StringBuilder();
        if (Character.isDigit(first)) {
            while (Character.isDigit(in.peek())) {
                name.appendCodePoint(in.next());
            }
        } else if (first != Cursor.END && "@*#?-$!".indexOf(first) >= 0) {
            name.appendCodePoint(in.next());
        } else {
            while (Character.isLetterOrDigit(in.peek()) || in.peek() == '_') {
                name.appendCodePoint(in.next());
            }
        }
        return name.toString();
    }

    /** The pattern backwards, each escape character still before the character that it escapes. */
    private static String reversePattern(String pattern) {
        StringBuilder out = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\' && i < pattern.length()) {
                int escaped = pattern.codePointAt(i);
                i += Character.charCount(escaped);
                out.append(new StringBuilder().appendCodePoint(escaped).reverse())
                        .append('\\');
            } else {
                out.appendCodePoint(c);
            }
        }
        return out.reverse().toString();
    }

    private static ExpansionException unsupported(String modifier) {
        return new ExpansionException("unsupported modifier (" + modifier + ") in substitution");
    }

    /** The end of the text shows as the replacement character, as in BuildKit. */
    private static String text(int c) {
        return c == Cursor.END ? "\uFFFD" : Character.toString(c);
    }
}
