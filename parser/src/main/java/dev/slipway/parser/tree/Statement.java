package dev.slipway.parser.tree;

import dev.slipway.parser.text.SourceRange;
import java.util.List;

/**
 * What every instruction has: how it was written and where.
 *
 * @param keyword the keyword in the author's letter case
 * @param text the whole logical line: continued lines joined, comment lines and heredoc bodies left out, surrounding
 *     blanks removed. This is the source text that BuildKit shows and records
 * @param flags the flags in order, each as {@code --name} or {@code --name=value}, quotes and escapes removed
 * @param range from the first character to the end of the last line, heredoc bodies included. For a trigger, the place
 *     that the trigger was given
 * @param comments the comment lines directly above, without {@code #}, in order. A bare {@code #} line starts them
 *     afresh
 */
public record Statement(String keyword, String text, List<String> flags, SourceRange range, List<String> comments) {

    public Statement {
        flags = List.copyOf(flags);
        comments = List.copyOf(comments);
    }

    /** One range for each physical line, without characters: the location in BuildKit's definitions and messages. */
    public List<SourceRange> ranges() {
        return SourceRange.lines(range.startLine(), range.endLine());
    }

    /**
     * The description of a stage or an argument: the rest of the first comment line that starts with its name and a blank;
     * empty if there is none.
     */
    public String descriptionOf(String name) {
        String prefix = name + " ";
        for (String comment : comments) {
            if (!name.isEmpty() && comment.startsWith(prefix)) {
                return comment.substring(prefix.length());
            }
        }
        return "";
    }
}
