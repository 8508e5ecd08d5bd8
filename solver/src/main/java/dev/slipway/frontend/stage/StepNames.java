package dev.slipway.frontend.stage;

import dev.slipway.executor.text.SlashPath;
import dev.slipway.llb.Platform;
import java.util.Locale;
import java.util.Optional;

/** Names and numbers the steps of one stage, as progress shows them: {@code [linux/amd64 build 2/4] RUN make}. */
final class StepNames {

    private static final Platform UNKNOWN = Platform.of("", "", "");

    private final boolean withPlatform;
    private String stage;
    private int total;
    private int index;

    /**
     * @param stage the name of the stage
     * @param total how many steps have a number; a stage without any has unnumbered names
     * @param withPlatform whether names begin with the platform
     */
    StepNames(String stage, int total, boolean withPlatform) {
        this.stage = stage;
        this.total = total;
        this.withPlatform = withPlatform;
    }

    String stage() {
        return stage;
    }

    /** The only stage of a build has no name. */
    void dropStage() {
        stage = "";
    }

    /** Counts steps that the stage inherits. */
    void addSteps(int count) {
        total += count;
    }

    /** Skips the next number. */
    void skip() {
        index++;
    }

    /**
     * The prefix of the next numbered step's name.
     *
     * @param platform of the step; none if it has no base image
     * @param trigger whether the step was inherited through ONBUILD
     */
    String nextPrefix(Optional<Platform> platform, Environment environment, boolean trigger) {
        if (total == 0) {
            return "";
        }
        index++;
        StringBuilder prefix = new StringBuilder("[");
        if (withPlatform && platform.isPresent()) {
            prefix.append(platform.get().formatAll())
                    .append(crossSuffix(platform.get(), environment))
                    .append(' ');
        }
        if (!stage.isEmpty()) {
            prefix.append(stage).append(' ');
        }
        String number = Integer.toString(index);
        String count = Integer.toString(total);
        prefix.append(" ".repeat(Math.max(0, count.length() - number.length())))
                .append(number)
                .append('/')
                .append(count)
                .append("] ");
        return prefix.append(trigger ? "ONBUILD " : "").toString();
    }

    /** The text of a step with its keyword in upper case: the part before the first blank. */
    static String withUpperCaseKeyword(String text) {
        int blank = text.indexOf(' ');
        int end = blank < 0 ? text.length() : blank;
        return text.substring(0, end).toUpperCase(Locale.ROOT) + text.substring(end);
    }

    /** The platform that the step compiles for, if it differs from the one that it runs on: {@code ->arm64}. */
    private static String crossSuffix(Platform base, Environment environment) {
        Platform aim = aimOf(environment);
        if (aim.equals(UNKNOWN)) {
            return "";
        }
        String os = aim.os().isEmpty() ? base.os() : aim.os();
        String architecture = aim.architecture().isEmpty() ? base.architecture() : aim.architecture();
        Platform target = new Platform(os, architecture, aim.variant(), aim.osVersion(), aim.osFeatures()).normalized();
        if (!target.os().equals(base.os())) {
            return "->" + SlashPath.clean(target.formatAll());
        }
        if (!target.architecture().equals(base.architecture())) {
            return "->" + target.architecture() + (target.variant().isEmpty() ? "" : "/" + target.variant());
        }
        return "";
    }

    /** The platform that the environment names. */
    private static Platform aimOf(Environment environment) {
        Optional<String> whole = environment.get("TARGETPLATFORM");
        if (whole.isPresent()) {
            try {
                return Platform.parse(whole.get());
            } catch (IllegalArgumentException e) {
                // BuildKit ignores a platform that it can't parse.
            }
        }
        Optional<String> os = environment.get("TARGETOS");
        Optional<String> architecture = environment.get("TARGETARCH");
        Optional<String> variant = environment.get("TARGETVARIANT");
        return os.isEmpty() && architecture.isEmpty() && variant.isEmpty()
                ? UNKNOWN
                : Platform.of(os.orElse(""), architecture.orElse(""), variant.orElse(""));
    }
}
