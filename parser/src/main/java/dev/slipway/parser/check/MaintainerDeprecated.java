package dev.slipway.parser.check;

import dev.slipway.parser.tree.Statement;

/** The author of an image belongs in a label. */
final class MaintainerDeprecated {

    private MaintainerDeprecated() {}

    static void check(Statement maintainer, Checks checks) {
        checks.report(
                Rules.MAINTAINER_DEPRECATED,
                "Maintainer instruction is deprecated in favor of using label",
                maintainer);
    }
}
