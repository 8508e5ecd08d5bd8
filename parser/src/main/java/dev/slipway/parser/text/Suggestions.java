package dev.slipway.parser.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the word that the author of a misspelt one probably meant. */
public final class Suggestions {

    /** A word that differs in this many letters is not a misspelling. */
    private static final int TOO_FAR = 3;

    private Suggestions() {}

    /**
     * The candidate nearest to a word, the first one of several equally near; none if the word is a candidate itself or
     * if all differ by three or more letters.
     */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String nearest = null;
        int least = TOO_FAR;
        for (String candidate : candidates) {
            if (candidate.equals(word)) {
                return Optional.empty();
            }
            int distance = distance(word, candidate, least);
            if (distance < least) {
                nearest = candidate;
                least = distance;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /**
     * As {@link #nearest}, without regard to letter case. The result is in lower or upper case where the whole word is,
     * else in lower case.
     */
    public static Optional<String> nearestIgnoringCase(String word, Collection<String> candidates) {
        String lower = GoText.toLowerCase(word);
        Optional<String> nearest =
                nearest(lower, candidates.stream().map(GoText::toLowerCase).toList());
        boolean upperCase = !word.equals(lower) && word.equals(GoText.toUpperCase(word));
        return upperCase ? nearest.map(GoText::toUpperCase) : nearest;
    }

    /** What a suggestion adds to the end of a message; empty if there is none. */
    public static String hint(Optional<String> suggestion) {
        return suggestion.map(word -> " (did you mean " + word + "?)").orElse("");
    }

    /** The Levenshtein distance of two words, or any number not below the limit if it is not below it. */
    private static int distance(String a, String b, int limit) {
        int[] left = a.codePoints().limit(b.length() + (long) limit + 1).toArray();
        int[] right = b.codePoints().toArray();
        if (Math.abs(left.length - right.length) >= limit) {
            return limit;
        }
        int[] row = new int[right.length + 1];
        for (int j = 0; j <= right.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length; j++) {
                int substituted = left[i - 1] == right[j - 1] ? diagonal : diagonal + 1;
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length];
    }
}
