package dev.slipway.frontend.check;

import dev.slipway.llb.Platform;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.SourceRange;
import java.util.List;

/** A base image that turned out to be for another system or processor than was asked for. */
public final class BasePlatformCheck {

    private BasePlatformCheck() {}

    /**
     * @param image its name as written
     * @param expected the platform that was asked for
     * @param actual the platform in the image's config
     */
    public static void run(Checks checks, String image, Platform expected, Platform actual, List<SourceRange> ranges) {
        if (!expected.os().equals(actual.os()) || !expected.architecture().equals(actual.architecture())) {
            String detail = "Base image " + image + " was pulled with platform " + quoted(actual) + ", expected "
                    + quoted(expected) + " for current build";
            checks.report(Rules.INVALID_BASE_IMAGE_PLATFORM, detail, ranges);
        }
    }

    private static String quoted(Platform platform) {
        return GoText.quote(platform.normalized().formatAll());
    }
}
