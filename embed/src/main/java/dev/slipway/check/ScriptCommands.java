package dev.slipway.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simple commands of a shell script, as far as they can be told without running it, without those that only look at a file's
 * name, or do away with it.
 */
final class ScriptCommands {

    /**
     * What may stand before the name of a command: words of the shell, of the Dockerfile, and assignments. Nothing is tried twice,
     * however long it is.
     */
    private static final Pattern BEFORE_NAME = Pattern.compile(
            "\\s*(?:(?:if|then|elif|else|do|while|until|time|!|\\{|RUN|sudo|--\\S+|\\w++=(?:\"[^\"]*+\"|'[^']*+'|\\S)*+)(?:\\s++|$))*+");

    private static final Pattern NAME = Pattern.compile("(?:\\S*/)?(\\S+)(.*)", Pattern.DOTALL);

    private static final Set<String> ONLY_LOOK =
            Set.of("[", "[[", "test", "grep", "egrep", "fgrep", "ls", ":", "rm", "unlink", "shred");

    private static final Set<String> PRINT = Set.of("echo", "printf");

    /** {@code apt-get purge}, {@code apk del}, {@code find -delete}. */
    private static final Pattern REMOVES = Pattern.compile(
            "(?:apt|apt-get|yum|dnf|microdnf|zypper|apk|pip3?|npm|gem)"
                    + " .*\\b(?:remove|purge|autoremove|erase|del|uninstall)\\b.*|dpkg"
                    + " .*(?:-r|-P|--remove|--purge)\\b.*|rpm .*(?:-e|--erase)\\b.*|find .*(?:-delete|-exec rm)\\b.*",
            Pattern.DOTALL);

    /** {@code tar --exclude=NAME}, {@code wget --reject NAME}, {@code find ! -name NAME}. */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "(?:--(?:exclude|reject|ignore|skip)[\\w-]*[=\\s]|(?:!|-not)\\s+-i?(?:name|path)\\s)\\s*(?:'[^']*'|\"[^\"]*\"|\\S+)");

    private final String script;
    private final List<String> commands = new ArrayList<>();

    private ScriptCommands(String script) {
        this.script = script;
    }

    /** The commands that may use the files which they name. What they are told to leave out is not in them. */
    static List<String> using(String script) {
        ScriptCommands commands = new ScriptCommands(script.replace("\\\n", " "));
        commands.split();
        return commands.commands;
    }

    private void split() {
        int start = 0;
        int at = 0;
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c == '\'' || c == '"') {
                at = endOfQuote(at);
            } else if (c == '#' && (at == 0 || Character.isWhitespace(script.charAt(at - 1)))) {
                add(start, at);
                int end = script.indexOf('\n', at);
                at = end < 0 ? script.length() : end;
                start = at;
            } else if (isSeparator(at)) {
                add(start, at);
                at++;
                start = at;
            } else {
                at++;
            }
        }
        add(start, script.length());
    }

    /** A quote that is not closed is none. */
    private int endOfQuote(int at) {
        char quote = script.charAt(at);
        for (int i = at + 1; i < script.length(); i++) {
            if (script.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (script.charAt(i) == quote) {
                return i + 1;
            }
        }
        return at + 1;
    }

    /** The ampersand of {@code 2>&1} separates nothing. */
    private boolean isSeparator(int at) {
        char c = script.charAt(at);
        boolean redirection = c == '&' && at > 0 && script.charAt(at - 1) == '>';
        return ";|&\n()`".indexOf(c) >= 0 && !redirection;
    }

    private void add(int start, int end) {
        String command = script.substring(start, end);
        Matcher before = BEFORE_NAME.matcher(command);
        before.lookingAt();
        Matcher name = NAME.matcher(command.substring(before.end()));
        boolean uses = !name.matches() || uses(name.group(1), name.group(1) + name.group(2), end);
        if (uses && !command.isBlank()) {
            commands.add(LEFT_OUT.matcher(command).replaceAll(" "));
        }
    }

    private boolean uses(String name, String command, int end) {
        // What is printed to nowhere but the log is read by people; an apt source, or a line for sha256sum, is not.
        boolean printed = PRINT.contains(name) && command.indexOf('>') < 0 && !isPiped(end);
        return !ONLY_LOOK.contains(name)
                && !printed
                && !REMOVES.matcher(command).matches();
    }

    private boolean isPiped(int end) {
        return end < script.length() && script.charAt(end) == '|' && !script.startsWith("||", end);
    }
}
