package dev.slipway.parser;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Healthcheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** HEALTHCHECK. */
final class HealthcheckBuilder {

    private static final FlagSet FLAGS = FlagSet.of(
            List.of(), List.of("interval", "timeout", "start-period", "start-interval", "retries"), List.of());

    private HealthcheckBuilder() {}

    static Healthcheck healthcheck(RawInstruction raw) {
        List<String> words = ListBuilder.atLeastOne(raw);
        String type = GoText.toUpperCase(words.get(0));
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

    /** A 32-bit number, with Go's messages for text that is not one. */
    private static int retries(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        long retries = 0;
        for (int i = signed ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw notRetries(text, "invalid syntax");
            }
            retries = 10 * retries + c - '0';
            if (retries > 0xFFFF_FFFFL) {
                throw notRetries(text, "value out of range");
            }
        }
        if (signed && text.length() == 1) {
            throw notRetries(text, "invalid syntax");
        }
        retries = text.startsWith("-") ? -retries : retries;
        if (retries != (int) retries) {
            throw notRetries(text, "value out of range");
        }
        if (retries < 0) {
            throw new Refusal("--retries cannot be negative (" + retries + ")");
        }
        return (int) retries;
    }

    private static Refusal notRetries(String text, String problem) {
        return new Refusal("strconv.ParseInt: parsing " + GoText.quote(text) + ": " + problem);
    }
}
