package dev.slipway.parser.tree;

/**
 * A heredoc: its marker and the lines up to its terminator.
 *
 * @param name the terminator, without quotes
 * @param content the body byte for byte, with its line ends; empty or ending in a line end. Tabs are still there
 * @param expand whether variables in the body are expanded: false if any part of the marker was quoted
 * @param chomp whether leading tabs are removed ({@code <<-})
 * @param fileDescriptor the number before {@code <<}, or 0
 */
public record Heredoc(String name, String content, boolean expand, boolean chomp, long fileDescriptor) {

    /** The body as it is used: without leading tabs if the marker asks for that. */
    public String body() {
        return chomp ? chomp(content) : content;
    }

    /** The text with the tabs at the start of each line removed. */
    public static String chomp(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean lineStart = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\t' && lineStart) {
                continue;
            }
            out.append(c);
            lineStart = c == '\n';
        }
        return out.toString();
    }
}
