package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.tree.KeyValue;
import dev.slipway.parser.tree.Statement;

/** ENV or LABEL with a blank between name and value. */
public final class LegacyKeyValueCheck {

    private LegacyKeyValueCheck() {}

    public static void run(Checks checks, Statement statement, KeyValue pair) {
        if (pair.legacy()) {
            String keyword = statement.keyword();
            String detail = "\"" + keyword + " key=value\" should be used instead of legacy \"" + keyword
                    + " key value\" format";
            checks.report(Rules.LEGACY_KEY_VALUE_FORMAT, detail, statement);
        }
    }
}
