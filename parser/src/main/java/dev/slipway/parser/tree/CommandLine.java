package dev.slipway.parser.tree;

import java.util.List;

/**
 * The command of RUN, CMD or ENTRYPOINT.
 *
 * @param arguments in JSON form, the elements of the array, possibly none; in shell form, one text for the shell, or none
 *     if nothing follows the keyword
 * @param shellForm whether a shell runs it
 */
public record CommandLine(List<String> arguments, boolean shellForm) {

    public CommandLine {
        arguments = List.copyOf(arguments);
    }
}
