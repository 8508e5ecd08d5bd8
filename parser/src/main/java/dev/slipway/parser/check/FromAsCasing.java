package dev.slipway.parser.check;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Statement;
import java.util.List;

/** The two keywords of a FROM line look best in one letter case. A FROM in mixed case is another rule's matter. */
final class FromAsCasing {

    private FromAsCasing() {}

    static void check(Statement from, List<String> words, Checks checks) {
        if (words.size() < 3) {
            return;
        }
        String keyword = from.keyword();
        String as = words.get(1);
        boolean lower = keyword.equals(GoText.toLowerCase(keyword));
        boolean upper = keyword.equals(GoText.toUpperCase(keyword));
        if (lower && !as.equals(GoText.toLowerCase(as)) || upper && !as.equals(GoText.toUpperCase(as))) {
            checks.report(
                    Rules.FROM_AS_CASING, "'" + as + "' and '" + keyword + "' keywords' casing do not match", from);
        }
    }
}
