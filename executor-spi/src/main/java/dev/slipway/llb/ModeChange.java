package dev.slipway.llb;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of permission bits as BSD's chmod understands it: a symbolic mode such as {@code u+x,go=rX}, taken with a umask of 0, or
 * an octal number. The form of {@link FileAction.Copy#modeText()}.
 */
public final class ModeChange {

    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int STICKY = 01000;
    private static final int READ = 0444;
    private static final int WRITE = 0222;
    private static final int EXECUTE = 0111;
    private static final int STANDARD = 06777;
    private static final int ALL = 07777;

    private final List<Change> changes;

    private ModeChange(List<Change> changes) {
        this.changes = List.copyOf(changes);
    }

    /**
     * One step of a mode.
     *
     * @param operator {@code +}, {@code -}, {@code X} (add where something may already be executed), {@code u}, {@code g}
     *     or {@code o} (copy from there)
     * @param bits what is set or cleared; for a copy, where to
     * @param clears whether a copy takes away
     * @param sets whether a copy adds
     */
    private record Change(char operator, int bits, boolean clears, boolean sets) {}

    /**
     * Reads a symbolic mode or an octal number.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static ModeChange parse(String text) {
        Reader reader = new Reader(text);
        boolean absolute = !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
        return new ModeChange(absolute ? reader.readNumber() : reader.read());
    }

    /**
     * The permission bits of a file after the change.
     *
     * @param mode its permission bits before, with set-id and sticky bits
     * @param directory whether it is a folder
     */
    public int apply(int mode, boolean directory) {
        int result = mode & ALL;
        for (Change change : changes) {
            switch (change.operator) {
                case '+' -> result |= change.bits;
                case '-' -> result &= ~change.bits;
                case 'X' -> result |= directory || (mode & EXECUTE) != 0 ? change.bits : 0;
                case 'u' -> result = copy(result, result >> 6 & 7, change);
                case 'g' -> result = copy(result, result >> 3 & 7, change);
                default -> result = copy(result, result & 7, change);
            }
        }
        return result;
    }

    private static int copy(int mode, int value, Change change) {
        int everywhere = value << 6 | value << 3 | value;
        int result = mode;
        if (change.clears) {
            result &= ~((change.sets ? 0777 : everywhere) & change.bits);
        }
        return change.sets ? result | everywhere & change.bits : result;
    }

    /** One pass over the text. */
    private static final class Reader {

        private final String text;
        private final List<Change> changes = new ArrayList<>();
        private int position;

        /** Set once a {@code =} of the current clause has cleared what it replaces. */
        private boolean replaced;

        Reader(String text) {
            this.text = text;
        }

        /** A number replaces all bits. */
        List<Change> readNumber() {
            int bits;
            try {
                bits = Integer.parseInt(text, 8);
            } catch (NumberFormatException e) {
                throw invalid();
            }
            if ((bits & ~ALL) != 0) {
                throw invalid();
            }
            return List.of(new Change('-', ALL, false, false), new Change('+', bits, false, false));
        }

        List<Change> read() {
            do {
                int who = who();
                do {
                    action(who);
                } while (position < text.length() && text.charAt(position) != ',');
            } while (position++ < text.length());
            return changes;
        }

        private int who() {
            int who = 0;
            for (; position < text.length(); position++) {
                switch (text.charAt(position)) {
                    case 'a' -> who |= STANDARD;
                    case 'u' -> who |= SET_UID | 0700;
                    case 'g' -> who |= SET_GID | 0070;
                    case 'o' -> who |= 0007;
                    default -> {
                        return who;
                    }
                }
            }
            throw invalid();
        }

        private void action(int clauseWho) {
            char operator = text.charAt(position++);
            if ("+-=".indexOf(operator) < 0) {
                throw invalid();
            }
            replaced = operator != '=' && replaced;
            int who = clauseWho;
            boolean othersOnly = who != 0 && (who & ~0007) == 0;
            int bits = 0;
            int conditional = 0;
            for (; position < text.length(); position++) {
                char c = text.charAt(position);
                switch (c) {
                    case 'r' -> bits |= READ;
                    case 'w' -> bits |= WRITE;
                    case 'x' -> bits |= EXECUTE;
                    case 'X' -> {
                        conditional |= operator == '-' ? 0 : EXECUTE;
                        bits |= operator == '-' ? EXECUTE : 0;
                    }
                    case 's' -> bits |= othersOnly ? 0 : SET_UID | SET_GID;
                    case 't' -> {
                        who |= othersOnly ? 0 : STICKY;
                        bits |= othersOnly ? 0 : STICKY;
                    }
                    case 'u', 'g', 'o' -> {
                        flush(operator, who, bits, conditional, false);
                        replaced |= operator == '=';
                        changes.add(new Change(c, copyTarget(who), operator != '+', operator != '-'));
                        bits = 0;
                        conditional = 0;
                    }
                    default -> {
                        flush(operator, who, bits, conditional, true);
                        return;
                    }
                }
            }
            flush(operator, who, bits, conditional, true);
        }

        private void flush(char operator, int who, int bits, int conditional, boolean last) {
            if (bits != 0 || last && operator == '=' && !replaced) {
                if (operator == '=') {
                    replaced |= last;
                    changes.add(new Change('-', who == 0 ? STANDARD : who, false, false));
                }
                changes.add(new Change(operator == '-' ? '-' : '+', (who == 0 ? ALL : who) & bits, false, false));
            }
            if (conditional != 0) {
                changes.add(new Change('X', (who == 0 ? ALL : who) & conditional, false, false));
            }
        }

        private static int copyTarget(int who) {
            if (who == 0) {
                return 0777;
            }
            return ((who & 0400) != 0 ? 0700 : 0) | ((who & 0040) != 0 ? 0070 : 0) | ((who & 0004) != 0 ? 0007 : 0);
        }

        private static IllegalArgumentException invalid() {
            return new IllegalArgumentException("invalid syntax");
        }
    }
}
