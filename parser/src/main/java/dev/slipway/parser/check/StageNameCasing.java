package dev.slipway.parser.check;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Statement;
import java.util.List;

/** Stage names match without regard to letter case, so upper case in them only misleads. */
final class StageNameCasing {

    private StageNameCasing() {}

    static void check(Statement from, List<String> words, Checks checks) {
        if (words.size() == 3 && !words.get(2).equals(GoText.toLowerCase(words.get(2)))) {
            checks.report(Rules.STAGE_NAME_CASING, "Stage name '" + words.get(2) + "' should be lowercase", from);
        }
    }
}
