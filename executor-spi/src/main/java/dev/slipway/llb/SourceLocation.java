package dev.slipway.llb;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Places in one source file.
 *
 * @param file the file
 * @param ranges one for each physical line that belongs to the place
 */
public record SourceLocation(SourceFile file, List<Range> ranges) {

    public SourceLocation {
        requireNonNull(file, "file is null");
        ranges = List.copyOf(requireNonNull(ranges, "ranges is null"));
    }

    /** The line on which the place begins, from 1; 0 if there are no ranges. */
    public int line() {
        return ranges.isEmpty() ? 0 : ranges.get(0).startLine();
    }

    /**
     * A range of a source file.
     *
     * @param startLine first line, from 1
     * @param startCharacter first character in it, from 0
     * @param endLine last line, from 1
     * @param endCharacter end in it, from 0
     */
    public record Range(int startLine, int startCharacter, int endLine, int endCharacter) {}

    /**
     * A source file with its text, so that a message can show the lines it speaks of.
     *
     * @param name such as {@code Dockerfile}
     * @param language such as {@code Dockerfile}
     * @param data its bytes
     */
    public record SourceFile(String name, String language, Bytes data) {

        public SourceFile {
            requireNonNull(name, "name is null");
            requireNonNull(language, "language is null");
            requireNonNull(data, "data is null");
        }
    }
}
