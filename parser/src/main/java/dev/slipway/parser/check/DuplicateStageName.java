package dev.slipway.parser.check;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Stage;
import java.util.Set;

/** Of two stages with one name, only the last can be meant. */
final class DuplicateStageName {

    private DuplicateStageName() {}

    /** Checks the next stage; its name is added to those seen. */
    static void check(Stage stage, Set<String> seen, Checks checks) {
        if (!stage.name().isEmpty() && !seen.add(stage.name())) {
            checks.report(
                    Rules.DUPLICATE_STAGE_NAME,
                    "Duplicate stage name " + GoText.quote(stage.name()) + ", stage names should be unique",
                    stage.from().statement().ranges());
        }
    }
}
