package dev.slipway.frontend.value;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The signals that STOPSIGNAL may name: Linux's, by name or number. */
public final class Signals {

    private static final Set<String> NAMES = Set.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE",
            "POLL", "PROF", "PWR", "QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
            "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ");

    private static final Pattern REAL_TIME = Pattern.compile("RTMIN(\\+([1-9]|1[0-5]))?|RTMAX(-([1-9]|1[0-4]))?");

    private Signals() {}

    /**
     * Checks a signal: a number but 0, or a name with or without {@code SIG}, in any letter case.
     *
     * @throws IllegalArgumentException if this is not a signal
     */
    public static void check(String signal) {
        if (GoNumbers.int64(signal).filter(number -> number != 0).isPresent()) {
            return;
        }
        String upper = signal.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        if (!NAMES.contains(name) && !REAL_TIME.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid signal: " + signal);
        }
    }
}
