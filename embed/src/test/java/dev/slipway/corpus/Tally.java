package dev.slipway.corpus;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts what was compared and what was equal. */
final class Tally {

    private final Map<Kind, int[]> counts = new EnumMap<>(Kind.class);

    Tally() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new int[2]);
        }
    }

    void count(Kind kind, boolean equal) {
        counts.get(kind)[0] += equal ? 1 : 0;
        counts.get(kind)[1]++;
    }

    /** The share that was equal, in percent; 100 if nothing was compared. */
    double percent(Kind kind) {
        int[] count = counts.get(kind);
        return count[1] == 0 ? 100 : 100.0 * count[0] / count[1];
    }

    /** {@code graphs equal: 3/4; images equal: 4/4}. */
    String line(Kind... kinds) {
        return Stream.of(kinds)
                .map(kind -> kind.name().toLowerCase(Locale.ROOT) + " equal: " + counts.get(kind)[0] + "/"
                        + counts.get(kind)[1])
                .collect(Collectors.joining("; "));
    }
}
