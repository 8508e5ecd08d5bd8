package dev.slipway.executor.pattern;

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
        /** Nothing, and that only at certain places. */
        PLACE
    }

    /** A place between two characters, either of which is {@link #NONE} at an end of the path. */
    interface Place {

        boolean test(int before, int after);
    }

    static final int NONE = -1;

    private record State(Kind kind, IntPredicate characters, Place place) {

        State(Kind kind, IntPredicate characters) {
            this(kind, characters, (before, after) -> false);
        }
    }

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

    void addPlace(Place place) {
        states.add(new State(Kind.PLACE, c -> false, place));
    }

    /** Whether the path starts with what the automaton describes. That the path ends there is a place of its own. */
    boolean matches(String path) {
        BitSet current = new BitSet(states.size() + 1);
        int after = path.isEmpty() ? NONE : path.codePointAt(0);
        enter(0, NONE, after, current);
        for (int i = 0; i < path.length() && !current.isEmpty() && !current.get(states.size()); ) {
            int c = after;
            i += Character.charCount(c);
            after = i < path.length() ? path.codePointAt(i) : NONE;
            BitSet next = new BitSet(states.size() + 1);
            for (int state = current.nextSetBit(0); state >= 0; state = current.nextSetBit(state + 1)) {
                step(state, c, after, next);
            }
            current = next;
        }
        return current.get(states.size());
    }

    /** Enters a state, and those behind it for which nothing need be consumed. */
    private void enter(int first, int before, int after, BitSet entered) {
        int index = first;
        while (!entered.get(index)) {
            entered.set(index);
            if (index == states.size()) {
                return;
            }
            State state = states.get(index);
            if (state.kind == Kind.FOLDERS) {
                entered.set(index + 1);
                index += 2;
            } else if (state.kind == Kind.MANY || state.kind == Kind.PLACE && state.place.test(before, after)) {
                index++;
            }
        }
    }

    private void step(int index, int c, int after, BitSet next) {
        State state = states.get(index);
        boolean accepted = state.characters.test(c);
        switch (state.kind) {
            case ONE -> {
                if (accepted) {
                    enter(index + 1, c, after, next);
                }
            }
            case MANY -> {
                if (accepted) {
                    enter(index, c, after, next);
                }
            }
            case IN_FOLDER -> {
                if (accepted) {
                    next.set(index);
                }
                if (c == '/') {
                    enter(index + 1, c, after, next);
                }
            }
            case FOLDERS, PLACE -> {}
        }
    }
}
