package dev.slipway.parser;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.LexerNoViableAltException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** What the lexer's rules can't say: where flags end, and that most text needs no look inside. */
abstract class LineLexer extends Lexer {

    private final LineStream line;
    private boolean inFlags;

    protected LineLexer(CharStream input) {
        super(input);
        line = (LineStream) input;
    }

    @Override
    public void reset() {
        super.reset();
        inFlags = false;
    }

    @Override
    public Token nextToken() {
        if (_mode == InstructionLexer.FLAGS) {
            line.beginBytewise();
            line.skipBlanks();
            if (!line.startsWith('-', '-')) {
                popMode();
            }
        }
        if (_mode == InstructionLexer.FLAGS) {
            inFlags = true;
        } else if (inFlags) {
            inFlags = false;
            line.endBytewise();
            line.skipBlanks();
        }
        if (line.atEnd()) {
            return emitEOF();
        }
        boolean quotes = inFlags || _mode == InstructionLexer.PAIRS;
        line.show(quotes, quotes);
        return isOpaque() ? rest() : super.nextToken();
    }

    private boolean isOpaque() {
        if (_mode == InstructionLexer.COMMAND) {
            line.skipBlanks();
            return !line.startsWith('[');
        }
        return _mode == InstructionLexer.OPAQUE;
    }

    /** The rest of the line as one token, in one step: most of a Dockerfile is text for a shell. */
    private Token rest() {
        _tokenStartCharIndex = line.index();
        _type = InstructionLexer.TEXT;
        _channel = Token.DEFAULT_CHANNEL;
        line.seek(line.size());
        return emit();
    }

    /** Gives each token its text at once, for the stream changes under it. */
    @Override
    public Token emit() {
        setText(line.getText(_tokenStartCharIndex, line.index()));
        return super.emit();
    }

    /** Every mode has a rule for every character, so this means that the grammar is wrong. */
    @Override
    public void notifyListeners(LexerNoViableAltException e) {
        throw new ParseCancellationException(e);
    }
}
