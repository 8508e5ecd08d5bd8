package dev.slipway.frontend.check;

import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.From;

/** {@code FROM --platform} with a fixed value, unless the stage's name says that it is for one platform. */
public final class ConstantPlatformCheck {

    private ConstantPlatformCheck() {}

    /** @param expanded the value of {@code --platform} with its variables */
    public static void run(Checks checks, From from, Expansion expanded) {
        if (!expanded.matched().isEmpty() || !expanded.unmatched().isEmpty()) {
            return;
        }
        Platform platform;
        try {
            platform = Platform.parse(expanded.text());
        } catch (IllegalArgumentException e) {
            return; // The conversion itself fails because of it a little later.
        }
        if (!from.name().contains(platform.os()) && !from.name().contains(platform.architecture())) {
            String detail = "FROM --platform flag should not use constant value " + GoText.quote(expanded.text());
            checks.report(Rules.FROM_PLATFORM_FLAG_CONST_DISALLOWED, detail, from.statement());
        }
    }
}
