package dev.slipway.parser.check;

import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.text.SourceRange;
import java.util.List;

/**
 * A finding of a build check.
 *
 * @param rule the check
 * @param detail what was found; bytes that are not UTF-8 appear as {@code U+FFFD}
 * @param ranges where, one range per line
 */
public record Warning(Rule rule, String detail, List<SourceRange> ranges) {

    public Warning {
        detail = LosslessUtf8.repair(detail);
        ranges = List.copyOf(ranges);
    }
}
