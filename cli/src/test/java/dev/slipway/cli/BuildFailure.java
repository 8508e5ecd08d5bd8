package dev.slipway.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a build fails for the reason for which the reference fails, whatever the words around it. */
final class BuildFailure {

    private static final Pattern NOT_FOUND = Pattern.compile("\"([^\"]+)\": not found|lstat (\\S+): no such file");
    private static final Pattern EXIT_CODE =
            Pattern.compile("process \".*\" did not complete successfully: exit code: \\d+");

    private static final Pattern PROCESS =
            Pattern.compile("process \".*\"(?= did not complete successfully: exit code: 1)");
    private static final Pattern SOURCE = Pattern.compile(": open (\\S+): no such file or directory");

    private BuildFailure() {}

    /**
     * What is different.
     *
     * @param dockerfile its text: of several files that it names and that are all missing, which one the reference tells of is
     *     chance
     */
    static List<String> differences(String expected, String actual, String dockerfile) {
        boolean same = actual.contains(reason(expected))
                || isMissing(expected, dockerfile) && isMissing(actual, dockerfile)
                || isNotStarted(expected, actual);
        return same ? List.of() : List.of("fails: " + actual + "; expected is: " + expected);
    }

    private static boolean isMissing(String message, String dockerfile) {
        Matcher missing = NOT_FOUND.matcher(message);
        return missing.find()
                && missing.group(1) != null
                && dockerfile.contains(missing.group(1).substring(1));
    }

    /** The reference does not tell a program that cannot be started, for want of it or of a source to mount, from one that fails. */
    private static boolean isNotStarted(String expected, String actual) {
        Matcher process = PROCESS.matcher(expected);
        Matcher source = SOURCE.matcher(expected);
        return process.find() && actual.contains(process.group() + " could not be started")
                || source.find() && actual.contains("nothing to mount at " + source.group(1) + ":");
    }

    private static String reason(String expected) {
        Matcher missing = NOT_FOUND.matcher(expected);
        if (missing.find()) {
            return "\"" + (missing.group(1) == null ? missing.group(2) : missing.group(1)) + "\": not found";
        }
        Matcher exit = EXIT_CODE.matcher(expected);
        if (exit.find()) {
            return exit.group();
        }
        String text = expected.replaceFirst("^failed to load LLB: ", "");
        // The reference names a folder of its own here.
        int root = text.indexOf("<root>");
        return root < 0 ? text : text.substring(0, root);
    }
}
