package dev.slipway.parser;

import dev.slipway.parser.tree.Healthcheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** HEALTHCHECK. */
final class HealthcheckBuilder {

    private static final FlagSet FLAGS = FlagSet.of(
            List.of(), List.of("interval", "timeout", "start-period", "start-interval", "retries"), List.of());

    private HealthcheckBuilder() {}

    static Healthcheck healthcheck(RawInstruction raw) {
        List<String> words = ListBuilder.atLeastOne(raw);
        String type = words.get(0).toUpperCase(Locale.ROOT);
        if (type.equals("NONE")) {
            return none(raw);
        }
        FlagValues flags = FLAGS.parse(raw);
        if (!type.equals("CMD")) {
            throw new Refusal("Unknown type " + GoText.quote(type) + " in HEALTHCHECK (try CMD)");
        }
        if (words.size() == 1) {
            throw new Refusal("Missing command after HEALTHCHECK CMD");
        }
        List<String> test = new ArrayList<>(words);
        test.set(0, raw.arguments().json() ? "CMD" : "CMD-SHELL");
        return new Healthcheck(
                raw.statement(),
                test,
                duration(flags, "interval"),
                duration(flags, "timeout"),
                duration(flags, "start-period"),
                duration(flags, "start-interval"),
                retries(flags.value("retries")));
    }

    /** Flags of HEALTHCHECK NONE are ignored, as in BuildKit. */
    private static Healthcheck none(RawInstruction raw) {
        if (raw.words().size() > 1) {
            throw new Refusal("HEALTHCHECK NONE takes no arguments");
        }
        return new Healthcheck(
                raw.statement(), List.of("NONE"), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }

    private static Duration duration(FlagValues flags, String name) {
        String text = flags.value(name);
        long nanos = text.isEmpty() ? 0 : GoDuration.parse(text);
        if (nanos != 0 && nanos < Duration.ofMillis(1).toNanos()) {
            throw new Refusal("Interval " + GoText.quote(name) + " cannot be less than 1ms");
        }
        return Duration.ofNanos(nanos);
    }

    private static int retries(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String problem = "strconv.ParseInt: parsing " + GoText.quote(text) + ": ";
        if (!text.matches("[+-]?[0-9]+")) {
            throw new Refusal(problem + "invalid syntax");
        }
        int retries;
        try {
            retries = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Refusal(problem + "value out of range");
        }
        if (retries < 0) {
            throw new Refusal("--retries cannot be negative (" + retries + ")");
        }
        return retries;
    }
}
