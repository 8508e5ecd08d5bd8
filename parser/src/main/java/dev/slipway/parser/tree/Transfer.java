package dev.slipway.parser.tree;

import java.util.List;

/**
 * What COPY and ADD move, and where to.
 *
 * @param sources the paths and addresses, in order, as written
 * @param inlineFiles the files whose content is a heredoc, in order
 * @param destination as written
 */
public record Transfer(List<String> sources, List<InlineFile> inlineFiles, String destination) {

    public Transfer {
        sources = List.copyOf(sources);
        inlineFiles = List.copyOf(inlineFiles);
    }

    /**
     * A file whose content stands in the Dockerfile.
     *
     * @param path the name of the heredoc
     * @param content its body, leading tabs already removed where asked for
     * @param expand whether variables in it are expanded
     */
    public record InlineFile(String path, String content, boolean expand) {}
}
