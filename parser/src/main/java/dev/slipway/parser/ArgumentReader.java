package dev.slipway.parser;

import dev.slipway.parser.grammar.InstructionParser.CommandContext;
import dev.slipway.parser.grammar.InstructionParser.DeclarationsContext;
import dev.slipway.parser.grammar.InstructionParser.ExecutionContext;
import dev.slipway.parser.grammar.InstructionParser.ListContext;
import dev.slipway.parser.grammar.InstructionParser.OpaqueContext;
import dev.slipway.parser.grammar.InstructionParser.PairsContext;
import dev.slipway.parser.grammar.InstructionParser.TestContext;
import dev.slipway.parser.grammar.InstructionParser.UnknownContext;
import dev.slipway.parser.grammar.InstructionParser.WordsContext;
import dev.slipway.parser.grammar.InstructionParserBaseVisitor;
import dev.slipway.parser.grammar.LineStream;
import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.text.LosslessUtf8;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Takes the arguments of one instruction from its parse tree. */
final class ArgumentReader extends InstructionParserBaseVisitor<Arguments> {

    private final LineStream line;
    private final char escape;

    ArgumentReader(LineStream line, char escape) {
        this.line = line;
        this.escape = escape;
    }

    @Override
    public Arguments visitOpaque(OpaqueContext context) {
        return text(context.TEXT());
    }

    /** The arguments of an unknown instruction are not even looked at. */
    @Override
    public Arguments visitUnknown(UnknownContext context) {
        return Arguments.NONE;
    }

    @Override
    public Arguments visitExecution(ExecutionContext context) {
        return visitCommand(context.command());
    }

    @Override
    public Arguments visitCommand(CommandContext context) {
        if (context.STRINGS() != null) {
            return Arguments.json(JsonArray.strings(context.STRINGS().getText()));
        }
        Arguments text = text(context.TEXT());
        text.words().forEach(JsonArray::refuseMixed);
        return text;
    }

    @Override
    public Arguments visitTest(TestContext context) {
        if (context.WORD() == null) {
            return Arguments.NONE;
        }
        Arguments command = visitCommand(context.command());
        List<String> words = new ArrayList<>();
        words.add(context.WORD().getText());
        words.addAll(command.words());
        return new Arguments(words, command.json(), false);
    }

    @Override
    public Arguments visitList(ListContext context) {
        if (context.STRINGS() != null) {
            return Arguments.json(JsonArray.strings(context.STRINGS().getText()));
        }
        List<TerminalNode> words = context.WORD();
        if (!words.isEmpty()) {
            JsonArray.refuseMixed(rest(words.get(0).getSymbol()));
        }
        return Arguments.words(texts(words));
    }

    @Override
    public Arguments visitWords(WordsContext context) {
        return Arguments.words(texts(context.WORD()));
    }

    @Override
    public Arguments visitDeclarations(DeclarationsContext context) {
        return Arguments.words(quotedWords(context.WORD()));
    }

    @Override
    public Arguments visitPairs(PairsContext context) {
        List<TerminalNode> nodes = context.WORD();
        List<String> words = quotedWords(nodes);
        if (words.isEmpty()) {
            return Arguments.NONE;
        }
        if (words.get(0).indexOf('=') < 0) {
            return legacyPair(nodes.get(0).getSymbol(), context.keyword.getType());
        }
        List<String> pairs = new ArrayList<>(2 * words.size());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            if (equals < 0) {
                Token token = nodes.get(i).getSymbol();
                throw new Refusal("Syntax error - can't find = in " + GoText.quote(word)
                                + ". Must be of the form: name=value")
                        .at(token.getStartIndex(), token.getStopIndex() + 1);
            }
            pairs.add(word.substring(0, equals));
            pairs.add(word.substring(equals + 1));
        }
        return Arguments.words(pairs);
    }

    /** The old form: a name, blanks, and a value that is all the rest, verbatim. */
    private Arguments legacyPair(Token first, int keyword) {
        String rest = rest(first);
        int blank = 0;
        while (blank < rest.length() && !Blanks.isSeparator(rest.charAt(blank))) {
            blank++;
        }
        int value = blank;
        while (value < rest.length() && Blanks.isSeparator(rest.charAt(value))) {
            value++;
        }
        if (value == blank) {
            throw new Refusal(Keyword.ofToken(keyword) + " must have two arguments")
                    .at(first.getStartIndex(), first.getStopIndex() + 1);
        }
        return new Arguments(List.of(rest.substring(0, blank), rest.substring(value)), false, true);
    }

    private String rest(Token first) {
        return line.getText(first.getStartIndex(), line.size());
    }

    private static Arguments text(TerminalNode node) {
        return node == null ? Arguments.NONE : Arguments.words(List.of(node.getText()));
    }

    /** BuildKit takes these words apart character by character, and so repairs damaged ones. */
    private List<String> quotedWords(List<TerminalNode> nodes) {
        List<String> words = texts(nodes);
        words.replaceAll(LosslessUtf8::repair);
        return withoutDanglingEscape(words);
    }

    private static List<String> texts(List<TerminalNode> nodes) {
        List<String> texts = new ArrayList<>(nodes.size());
        for (TerminalNode node : nodes) {
            texts.add(node.getText());
        }
        return texts;
    }

    /** An escape character at the very end of the line escapes nothing and is dropped, the word with it if it is all. */
    private List<String> withoutDanglingEscape(List<String> words) {
        int last = words.size() - 1;
        if (last >= 0 && endsInDanglingEscape(words.get(last))) {
            String word = words.get(last).substring(0, words.get(last).length() - 1);
            if (word.isEmpty()) {
                words.remove(last);
            } else {
                words.set(last, word);
            }
        }
        return words;
    }

    private boolean endsInDanglingEscape(String word) {
        if (word.charAt(word.length() - 1) != escape) {
            return false;
        }
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == escape && quote != '\'') {
                if (++i == word.length()) {
                    return true;
                }
            } else if (quote == 0 ? c == '"' || c == '\'' : c == quote) {
                quote = quote == 0 ? c : 0;
            }
        }
        return false;
    }
}
