package dev.slipway.parser.ignore;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A pattern as an automaton, which follows all possible matches at once and so takes time in proportion to the lengths of
 * pattern and path, whatever the pattern.
 */
final class PathAutomaton {

    private enum Kind {
        /** One character. */
        ONE,
        /** Any number of characters, none included. */
        MANY,
        /** Any number of folders: the state behind the next one is entered at once, too. */
        FOLDERS,
        /** In the name of one of those folders: a slash leads on. */
        IN_FOLDER,
        /** Nothing, and that only at the start of the path. */
        START
    }

    private record State(Kind kind, IntPredicate characters) {}

    private final List<State> states = new ArrayList<>();

    void addOne(IntPredicate characters) {
        states.add(new State(Kind.ONE, characters));
    }

    void addMany(IntPredicate characters) {
        states.add(new State(Kind.MANY, characters));
    }

    void addFolders(IntPredicate characters) {
        states.add(new State(Kind.FOLDERS, characters));
        states.add(new State(Kind.IN_FOLDER, characters));
    }

    void addStart() {
        states.add(new State(Kind.START, c -> false));
    }

    boolean matches(String path) {
        BitSet current = new BitSet(states.size() + 1);
        enter(0, true, current);
        for (int i = 0; i < path.length() && !current.isEmpty(); ) {
            int c = path.codePointAt(i);
            i += Character.charCount(c);
            BitSet next = new BitSet(states.size() + 1);
            for (int state = current.nextSetBit(0);
                    state >= 0 && state < states.size();
                    state = current.nextSetBit(state + 1)) {
                step(state, c, next);
            }
            current = next;
        }
        return current.get(states.size());
    }

    /** Enters a state, and those behind it for which nothing need be consumed. */
    private void enter(int first, boolean atStart, BitSet entered) {
        int state = first;
        while (!entered.get(state)) {
            entered.set(state);
            Kind kind = state == states.size() ? Kind.ONE : states.get(state).kind;
            if (kind == Kind.FOLDERS) {
                entered.set(state + 1);
                state += 2;
            } else if (kind == Kind.MANY || kind == Kind.START && atStart) {
                state++;
            }
        }
    }

    private void step(int index, int c, BitSet next) {
        State state = states.get(index);
        boolean accepted = state.characters.test(c);
        switch (state.kind) {
            case ONE -> {
                if (accepted) {
                    enter(index + 1, false, next);
                }
            }
            case MANY -> {
                if (accepted) {
                    enter(index, false, next);
                }
            }
            case IN_FOLDER -> {
                if (accepted) {
                    next.set(index);
                }
                if (c == '/') {
                    enter(index + 1, false, next);
                }
            }
            case FOLDERS, START -> {}
        }
    }
}
