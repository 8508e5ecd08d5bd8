package dev.slipway.parser.grammar;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.LexerNoViableAltException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/** What the lexer's rules can't say: where flags end, and that most text needs no look inside. */
abstract class LineLexer extends Lexer {

    private final LineStream line;
    private boolean inFlags;
    private int textStart;

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
            readFlags();
        }
        if (inFlags && _mode != InstructionLexer.FLAGS) {
            endFlags();
        } else if (_mode == InstructionLexer.COMMAND) {
            line.skipBlanks();
            line.endBytewise();
        }
        textStart = line.index();
        if (line.atEnd()) {
            return emitEOF();
        }
        boolean quotes = inFlags || _mode == InstructionLexer.PAIRS;
        line.show(quotes, quotes || _mode == InstructionLexer.TEST);
        boolean opaque = _mode == InstructionLexer.OPAQUE || _mode == InstructionLexer.COMMAND && !isArray();
        return opaque ? rest() : super.nextToken();
    }

    /** Goes to the next flag, or to the mode below if there is none. */
    private void readFlags() {
        inFlags = true;
        line.beginBytewise();
        line.skipBlanks();
        if (!line.startsWith('-', '-')) {
            popMode();
        }
    }

    private void endFlags() {
        inFlags = false;
        line.endBytewise();
        line.skipBlanks();
        if (_mode == InstructionLexer.TEST) {
            // The type of a test ends like a flag. If it is empty, so is all the rest to BuildKit.
            line.beginBytewise();
            if (line.startsWithBlank()) {
                line.seek(line.size());
            }
        }
    }

    /**
     * Whether a JSON array may start here. Blanks before it, which only the command of a health check can have, do not belong
     * to it.
     */
    private boolean isArray() {
        line.skipBlanks();
        boolean array = line.startsWith('[');
        if (!array) {
            line.seek(textStart);
        }
        return array;
    }

    /** The rest of the line as one token, in one step: most of a Dockerfile is text for a shell. */
    private Token rest() {
        _type = InstructionLexer.TEXT;
        _channel = Token.DEFAULT_CHANNEL;
        line.seek(line.size());
        return emit();
    }

    /** Gives each token its text at once, for the stream changes under it. */
    @Override
    public Token emit() {
        if (_type == InstructionLexer.TEXT) {
            _tokenStartCharIndex = textStart;
        }
        int start = _tokenStartCharIndex;
        int end = line.index();
        setText(_type == InstructionLexer.FLAG ? line.getText(start, end) : line.getDecodedText(start, end));
        return super.emit();
    }

    /** Every mode has a rule for every character, so this means that the grammar is wrong. */
    @Override
    public void notifyListeners(LexerNoViableAltException e) {
        throw new ParseCancellationException(e);
    }
}
