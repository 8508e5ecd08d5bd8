package dev.slipway.parser.text;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of a Dockerfile.
 *
 * <p>Lines count from 1. Characters count from 0 in UTF-16 units of the line's text, the end being exclusive; a range
 * that stands for a whole line has 0 for both, as in BuildKit's messages and definitions.
 *
 * @param startLine the first line
 * @param startCharacter where it starts in the first line
 * @param endLine the last line
 * @param endCharacter where it ends in the last line
 */
public record SourceRange(int startLine, int startCharacter, int endLine, int endCharacter) {

    /** This line as a whole. */
    public static SourceRange line(int line) {
        return new SourceRange(line, 0, line, 0);
    }

    /**
     * One range for each line from the first to the last, both included: BuildKit describes the place of an instruction in this
     * way.
     */
    public static List<SourceRange> lines(int first, int last) {
        return IntStream.rangeClosed(first, Math.max(first, last))
                .mapToObj(SourceRange::line)
                .toList();
    }
}
