package dev.slipway.parser.check;

import dev.slipway.parser.text.SourceRange;
import java.util.List;

/**
 * A finding of a build check.
 *
 * @param rule the check
 * @param detail what was found
 * @param ranges where, a range a line
 */
public record Warning(Rule rule, String detail, List<SourceRange> ranges) {

    public Warning {
        ranges = List.copyOf(ranges);
    }
}
