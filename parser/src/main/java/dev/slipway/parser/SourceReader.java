package dev.slipway.parser;

import dev.slipway.parser.text.SourceRange;
import dev.slipway.parser.tree.Directive;
import dev.slipway.parser.tree.Heredoc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text as a sequence of instructions, whatever they mean.
 *
 * <p>BuildKit reads the whole file in this way before it looks at any instruction. So failures here come first, wherever they
 * are in the file, and their messages have no prefix.
 */
final class SourceReader {

    private final LineReader lines;
    private final List<RawInstruction> instructions = new ArrayList<>();

    private SourceReader(String text) {
        lines = new LineReader(text);
    }

    /**
     * What was read.
     *
     * @param directives the parser directives
     * @param escape the escape character
     * @param instructions at least one
     */
    record Result(List<Directive> directives, char escape, List<RawInstruction> instructions) {}

    /**
     * Reads a text.
     *
     * @throws DockerfileParseException if a line can't be read or there is no instruction
     */
    static Result read(String text) {
        SourceReader reader = new SourceReader(text);
        reader.readAll();
        return new Result(reader.lines.directives(), reader.lines.escape(), List.copyOf(reader.instructions));
    }

    private void readAll() {
        InstructionReader reader = null;
        for (LogicalLine line = nextLine(); line != null; line = nextLine()) {
            reader = reader == null ? new InstructionReader(lines.escape()) : reader;
            try {
                instructions.add(readHeredocs(reader.read(line)));
            } catch (Refusal e) {
                throw e.toException("", SourceRange.lines(line.firstLine(), lines.number()), line);
            }
        }
        if (instructions.isEmpty()) {
            throw failure("file with no instructions");
        }
        if (lines.tooLong()) {
            throw failure("dockerfile line greater than max allowed size of " + (LineReader.MAX_LINE - 1));
        }
    }

    private @Nullable LogicalLine nextLine() {
        try {
            return lines.next();
        } catch (Refusal e) {
            // BuildKit counts the line of a wrong directive from zero.
            throw new DockerfileParseException(e.getMessage(), List.of(SourceRange.line(lines.number() - 1)));
        }
    }

    private RawInstruction readHeredocs(RawInstruction instruction) {
        String text = instruction.line().text();
        if (!text.contains("<<") || !instruction.allowsHeredocs()) {
            return instruction;
        }
        List<Heredoc> heredocs = new ArrayList<>();
        for (Heredoc marker : HeredocMarker.findAll(text)) {
            String content = lines.heredoc(marker.name(), marker.chomp());
            if (content == null) {
                throw new Refusal("unterminated heredoc");
            }
            heredocs.add(new Heredoc(marker.name(), content, marker.expand(), marker.chomp(), marker.fileDescriptor()));
        }
        return heredocs.isEmpty() ? instruction : instruction.withHeredocs(heredocs, lines.rangeOf(instruction.line()));
    }

    private DockerfileParseException failure(String message) {
        return new DockerfileParseException(message, List.of(SourceRange.line(lines.number())));
    }
}
