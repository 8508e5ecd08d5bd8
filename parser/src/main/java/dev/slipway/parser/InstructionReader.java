package dev.slipway.parser;

import dev.slipway.parser.grammar.InstructionLexer;
import dev.slipway.parser.grammar.InstructionParser;
import dev.slipway.parser.grammar.InstructionParser.InstructionContext;
import dev.slipway.parser.grammar.InstructionParser.LineContext;
import dev.slipway.parser.grammar.InstructionParser.TriggerContext;
import dev.slipway.parser.grammar.LineStream;
import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Reads one logical line after another with the grammar. Belongs to one Dockerfile, whose escape character it knows. */
final class InstructionReader {

    private final LineStream stream;
    private final InstructionLexer lexer;
    private final CommonTokenStream tokens;
    private final InstructionParser parser;
    private final ArgumentReader arguments;
    private final char escape;

    InstructionReader(char escape) {
        this.escape = escape;
        stream = new LineStream(escape);
        lexer = new InstructionLexer(stream);
        lexer.removeErrorListeners();
        tokens = new CommonTokenStream(lexer);
        parser = new InstructionParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        arguments = new ArgumentReader(stream, escape);
    }

    /**
     * Reads a line, heredocs aside.
     *
     * @throws Refusal if its arguments are not what its keyword asks for
     */
    RawInstruction read(LogicalLine line) {
        LineContext tree = parse(line.text());
        InstructionContext instruction = tree.instruction();
        boolean trigger = tree.getChild(0) instanceof TriggerContext;
        ParserRuleContext outer = trigger ? tree.trigger(0) : instruction;
        if (outer == null) {
            // Nothing but escape characters and comments.
            Statement empty = new Statement("", "", List.of(), line.range(), line.comments());
            return RawInstruction.of(line, Keyword.UNKNOWN, empty, List.of(), Arguments.NONE);
        }
        Token keyword = outer.getStart();
        List<Flag> flags = flags(outer);
        Statement statement = new Statement(
                keyword.getText(),
                Blanks.trim(line.text()),
                flags.isEmpty() ? List.of() : flags.stream().map(Flag::text).toList(),
                line.range(),
                line.comments());
        Arguments read = instruction == null ? Arguments.NONE : instruction.accept(arguments);
        return RawInstruction.of(
                line, Keyword.ofToken(keyword.getType()), statement, flags, trigger ? inner(tree, read) : read);
    }

    private LineContext parse(String text) {
        lexer.reset();
        stream.load(text);
        tokens.setTokenSource(lexer);
        parser.setTokenStream(tokens);
        return parser.line();
    }

    /** The argument of ONBUILD: the keyword behind it. Whether that one has JSON arguments decides on heredocs. */
    private static Arguments inner(LineContext tree, Arguments read) {
        TriggerContext second = tree.trigger(1);
        ParserRuleContext inner = second == null ? tree.instruction() : second;
        return inner == null
                ? Arguments.NONE
                : new Arguments(List.of(inner.getStart().getText()), read.json(), false);
    }

    private List<Flag> flags(ParserRuleContext context) {
        List<Flag> flags = List.of();
        for (int i = 1; i < context.getChildCount(); i++) {
            if (!(context.getChild(i) instanceof TerminalNode node)
                    || node.getSymbol().getType() != InstructionLexer.FLAG) {
                break;
            }
            Flag flag = Flag.of(node.getSymbol(), escape);
            if (!flag.text().equals("--")) {
                flags = flags.isEmpty() ? new ArrayList<>() : flags;
                flags.add(flag);
            }
        }
        return flags;
    }
}
