package dev.slipway.check;

import dev.slipway.parser.check.CheckOptions;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.check.Warning;
import java.util.List;
import java.util.function.Consumer;

/** The group of Slipway's own checks. Who does not want it does not run it; single rules are skipped as BuildKit's are. */
public final class PlatformChecks {

    private static final List<PlatformCheck> CHECKS = List.of(
            new PinnedPlatformArgument(),
            new BuildPlatformTarget(),
            new UndeclaredPlatformArgument(),
            new ForeignArchitecture());

    private PlatformChecks() {}

    /** The rules of the group. */
    public static List<Rule> rules() {
        return CHECKS.stream().map(PlatformCheck::rule).toList();
    }

    /**
     * Looks at a build.
     *
     * @param options which rules are skipped. {@code error=true} is for BuildKit's rules alone: it must not fail a build
     *     that BuildKit does not fail
     * @param warnings hears the findings, rule by rule, in the order of the file
     */
    public static void run(CheckedBuild build, CheckOptions options, Consumer<Warning> warnings) {
        Checks checks = Checks.of(options, warnings);
        CHECKS.forEach(check -> check.run(build, checks));
    }
}
