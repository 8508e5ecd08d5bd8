/** Reads Dockerfiles and ignore files: grammar, tree, words of the shell, and the checks that need only the text. */
module dev.slipway.parser {
    requires org.antlr.antlr4.runtime;
    requires static org.jspecify;

    exports dev.slipway.parser;
    exports dev.slipway.parser.check;
    exports dev.slipway.parser.shell;
    exports dev.slipway.parser.text;
    exports dev.slipway.parser.tree;
}
