package dev.slipway.frontend.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.tree.From;
import java.util.Set;

/** {@code FROM --platform=$TARGETPLATFORM}, which is what FROM does by itself. */
public final class RedundantPlatformCheck {

    private static final String TARGET_PLATFORM = "TARGETPLATFORM";

    private RedundantPlatformCheck() {}

    /**
     * @param expanded the value of {@code --platform} with its variables
     * @param targetPlatform the value of TARGETPLATFORM
     */
    public static void run(Checks checks, From from, Expansion expanded, String targetPlatform) {
        if (expanded.matched().equals(Set.of(TARGET_PLATFORM))
                && expanded.unmatched().isEmpty()
                && expanded.text().equals(targetPlatform)) {
            String detail = "Setting platform to predefined " + from.platform()
                    + " in FROM is redundant as this is the default behavior";
            checks.report(Rules.REDUNDANT_TARGET_PLATFORM, detail, from.statement());
        }
    }
}
