package dev.slipway.parser.check;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Stage;
import java.util.Set;

/** A stage should not hide the empty image or the build context. */
final class ReservedStageName {

    private static final Set<String> RESERVED = Set.of("context", "scratch");

    private ReservedStageName() {}

    static void check(Stage stage, Checks checks) {
        if (RESERVED.contains(stage.name())) {
            checks.report(
                    Rules.RESERVED_STAGE_NAME,
                    "Stage name should not use the same name as reserved stage " + GoText.quote(stage.name()),
                    stage.from().statement().ranges());
        }
    }
}
