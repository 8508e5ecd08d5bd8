/*
 * The tokens of one instruction.
 *
 * What comes here is a logical line: LineReader has joined continued lines, dropped comment lines and cut out heredoc
 * bodies. Which words an instruction is made of depends on its keyword, so each keyword enters a mode of its own below a
 * mode for flags. LineLexer, the base class, leaves the flags where they end and takes text that needs no look inside in
 * one step.
 *
 * The escape character is always \ here, a character beyond ASCII is always U+007F (or a blank where those separate), and
 * behind the line, which holds no line feed, stands one: LineStream shows it so. The text of a token is what was written.
 */
lexer grammar InstructionLexer;

options {
    superClass = LineLexer;
    caseInsensitive = true;
}

// Types that several modes share.
tokens {
    TEXT,
    STRINGS,
    WORD
}

ADD:         'add'         -> mode(LIST), pushMode(FLAGS);
ARG:         'arg'         -> mode(PAIRS), pushMode(FLAGS);
CMD:         'cmd'         -> mode(COMMAND), pushMode(FLAGS);
COPY:        'copy'        -> mode(LIST), pushMode(FLAGS);
ENTRYPOINT:  'entrypoint'  -> mode(COMMAND), pushMode(FLAGS);
ENV:         'env'         -> mode(PAIRS), pushMode(FLAGS);
EXPOSE:      'expose'      -> mode(WORDS), pushMode(FLAGS);
FROM:        'from'        -> mode(WORDS), pushMode(FLAGS);
HEALTHCHECK: 'healthcheck' -> mode(TEST), pushMode(FLAGS);
LABEL:       'label'       -> mode(PAIRS), pushMode(FLAGS);
MAINTAINER:  'maintainer'  -> mode(OPAQUE), pushMode(FLAGS);
ONBUILD:     'onbuild'     -> pushMode(FLAGS);
RUN:         'run'         -> mode(COMMAND), pushMode(FLAGS);
SHELL:       'shell'       -> mode(COMMAND), pushMode(FLAGS);
STOPSIGNAL:  'stopsignal'  -> mode(OPAQUE), pushMode(FLAGS);
USER:        'user'        -> mode(OPAQUE), pushMode(FLAGS);
VOLUME:      'volume'      -> mode(LIST), pushMode(FLAGS);
WORKDIR:     'workdir'     -> mode(OPAQUE), pushMode(FLAGS);
UNKNOWN:     NOT_BLANK+    -> mode(OPAQUE), pushMode(FLAGS);

fragment BLANK:     [ \t\u000B\f\r];
fragment NOT_BLANK: ~[ \t\u000B\f\r\n];

// Leading words that start with two dashes. Two dashes alone end them.
mode FLAGS;

END_OF_FLAGS: '--' ('""' | '\'\'')* -> channel(HIDDEN), popMode;
FLAG:         '--' FLAG_PART*;

// In both kinds of quotes the escape character escapes. What is not closed ends with the line.
fragment FLAG_PART
    : ~[ \t\u000B\f\r\n"'\\]
    | '\\' .
    | '"' (~["\\\n] | '\\' ~'\n')* ('"' | '\\'? '\n')
    | '\'' (~['\\\n] | '\\' ~'\n')* ('\'' | '\\'? '\n')
    ;

// The rest of the line. LineLexer takes it.
mode OPAQUE;

OPAQUE_REST: ~'\n'+ -> type(TEXT);

// A JSON array of strings, or else text for a shell. The longer match wins, and the array reaches one step further.
mode COMMAND;

COMMAND_STRINGS: STRING_ARRAY '\n' -> type(STRINGS);
COMMAND_REST:    ~'\n'+ -> type(TEXT);

fragment STRING_ARRAY: '[' JSON_BLANK* (STRING (JSON_BLANK* ',' JSON_BLANK* STRING)*)? JSON_BLANK* ']' JSON_BLANK*;
fragment JSON_BLANK:   [ \t\r];
fragment STRING:       '"' (~["\\\u0000-\u001F] | ESCAPED)* '"';
fragment ESCAPED options { caseInsensitive = false; }
    : '\\' (["\\/bfnrt] | 'u' HEX HEX HEX HEX)
    ;
fragment HEX: [0-9a-f];

// NONE, or CMD and a command.
mode TEST;

TEST_TYPE: NOT_BLANK+ -> type(WORD), mode(COMMAND);

// A JSON array of strings, or else words.
mode LIST;

LIST_STRINGS: STRING_ARRAY '\n' -> type(STRINGS);
LIST_WORD:    NOT_BLANK+ -> type(WORD), mode(WORDS);

// Words without quotes.
mode WORDS;

WORDS_BLANKS: BLANK+ -> skip;
WORDS_WORD:   NOT_BLANK+ -> type(WORD);

// Words in which quotes and escapes keep blanks together. They stay in the text: expansion removes them.
mode PAIRS;

PAIRS_BLANKS: BLANK+ -> skip;
PAIRS_WORD:   PAIR_PART+ -> type(WORD);

fragment PAIR_PART
    : ~[ \t\u000B\f\r\n"'\\]
    | '\\' .
    | '"' (~["\\\n] | '\\' ~'\n')* ('"' | '\\'? '\n')
    | '\'' ~['\n]* ('\'' | '\n')
    ;
