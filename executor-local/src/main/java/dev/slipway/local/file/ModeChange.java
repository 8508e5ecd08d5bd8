package dev.slipway.local.file;

import dev.slipway.executor.ExecutorException;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of permission bits as {@code chmod} writes it: an octal number, or clauses such as {@code u=rwX,go=rX}, taken with a
 * umask of 0.
 */
final class ModeChange {

    private static final int SET_IDS = 06000;
    private static final int STICKY = 01000;
    private static final int EXECUTE = 0111;
    private static final int ALL = SET_IDS | 0777;

    private final List<Step> steps = new ArrayList<>();
    private final String text;
    private int at;

    private ModeChange(String text) {
        this.text = text;
    }

    /** One change of the bits. */
    private interface Step {

        /**
         * @param before the mode at the very beginning
         * @param mode the mode that earlier steps have made of it
         */
        int apply(int before, int mode, boolean folder);
    }

    /**
     * Reads a change.
     *
     * @throws ExecutorException if it is none
     */
    static ModeChange parse(String text) {
        ModeChange change = new ModeChange(text);
        if (text.isEmpty()) {
            throw change.invalid();
        }
        if (Character.digit(text.charAt(0), 10) >= 0) {
            change.octal();
        } else {
            change.clauses();
        }
        return change;
    }

    /** The mode after the change. */
    int apply(int before, boolean folder) {
        int mode = before;
        for (Step step : steps) {
            mode = step.apply(before, mode, folder);
        }
        return mode;
    }

    private void octal() {
        int mode;
        try {
            mode = Integer.parseInt(text, 8);
        } catch (NumberFormatException e) {
            throw invalid();
        }
        if ((mode & ~07777) != 0) {
            throw invalid();
        }
        steps.add((before, now, folder) -> mode);
    }

    private void clauses() {
        do {
            int who = who();
            do {
                operation(who);
            } while (at < text.length() && text.charAt(at) != ',');
        } while (at++ < text.length());
    }

    private int who() {
        int who = 0;
        for (; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case 'a' -> who |= ALL;
                case 'u' -> who |= 04700;
                case 'g' -> who |= 02070;
                case 'o' -> who |= 0007;
                default -> {
                    return who;
                }
            }
        }
        throw invalid();
    }

    private void operation(int clause) {
        char operator = text.charAt(at++);
        if (operator != '+' && operator != '-' && operator != '=') {
            throw invalid();
        }
        int who = clause;
        boolean onlyOthers = clause == 0007;
        int bits = 0;
        int executable = 0;
        boolean copied = false;
        for (boolean more = true; more && at < text.length(); ) {
            char c = text.charAt(at);
            switch (c) {
                case 'r' -> bits |= 0444;
                case 'w' -> bits |= 0222;
                case 'x' -> bits |= EXECUTE;
                case 'X' -> {
                    bits |= operator == '-' ? EXECUTE : 0;
                    executable |= operator == '-' ? 0 : EXECUTE;
                }
                case 's' -> bits |= onlyOthers ? 0 : SET_IDS;
                case 't' -> {
                    who |= onlyOthers || clause == 0 ? 0 : STICKY;
                    bits |= onlyOthers ? 0 : STICKY;
                }
                case 'u', 'g', 'o' -> {
                    add(operator, who, bits, bits != 0);
                    addExecutable(who, executable);
                    addCopy(operator, c, who);
                    bits = 0;
                    executable = 0;
                    copied = true;
                }
                default -> more = false;
            }
            at += more ? 1 : 0;
        }
        add(operator, who, bits, bits != 0 || (operator == '=' && !copied));
        addExecutable(who, executable);
    }

    private void add(char operator, int who, int bits, boolean needed) {
        int set = who == 0 ? bits : bits & who;
        int cleared = who == 0 ? ALL : who;
        if (needed) {
            steps.add((before, mode, folder) -> switch (operator) {
                case '+' -> mode | set;
                case '-' -> mode & ~set;
                default -> (mode & ~cleared) | set;
            });
        }
    }

    /** Only for folders and what somebody could execute at the beginning. */
    private void addExecutable(int who, int bits) {
        int set = who == 0 ? bits : bits & who;
        steps.add((before, mode, folder) -> folder || (before & EXECUTE) != 0 ? mode | set : mode);
    }

    /** The permissions that one class of users has at this point, for others. */
    private void addCopy(char operator, char from, int who) {
        int shift = from == 'u' ? 6 : from == 'g' ? 3 : 0;
        int classes = (who == 0 ? ALL : who) & 0777;
        steps.add((before, mode, folder) -> {
            int bits = ((mode >> shift & 7) * 0111) & classes;
            return switch (operator) {
                case '+' -> mode | bits;
                case '-' -> mode & ~bits;
                default -> (mode & ~classes) | bits;
            };
        });
    }

    private ExecutorException invalid() {
        return new ExecutorException(
                "invalid mode: " + text + "; write an octal number or clauses such as u=rwX,go=rX");
    }
}
