package dev.slipway.parser.check;

import dev.slipway.parser.tree.Statement;
import java.util.List;
import java.util.Locale;

/** The two keywords of a FROM line look best in one letter case. A FROM in mixed case is another rule's matter. */
final class FromAsCasing {

    private FromAsCasing() {}

    static void check(Statement from, List<String> words, Checks checks) {
        if (words.size() < 3) {
            return;
        }
        String keyword = from.keyword();
        String as = words.get(1);
        boolean lower = keyword.equals(keyword.toLowerCase(Locale.ROOT));
        boolean upper = keyword.equals(keyword.toUpperCase(Locale.ROOT));
        if (lower && !as.equals(as.toLowerCase(Locale.ROOT)) || upper && !as.equals(as.toUpperCase(Locale.ROOT))) {
            checks.report(
                    Rules.FROM_AS_CASING, "'" + as + "' and '" + keyword + "' keywords' casing do not match", from);
        }
    }
}
