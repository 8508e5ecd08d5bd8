/*
 * One instruction, as InstructionLexer cuts it. The alternatives are the grammars of arguments: instructions that are read
 * alike share one.
 */
parser grammar InstructionParser;

options {
    tokenVocab = InstructionLexer;
}

line: trigger* instruction? EOF;

// The flags belong to ONBUILD, those of the instruction behind it are its own.
trigger: ONBUILD FLAG*;

instruction
    : keyword = (MAINTAINER | STOPSIGNAL | USER | WORKDIR) FLAG* TEXT?   # opaque
    | keyword = (CMD | ENTRYPOINT | RUN | SHELL) FLAG* command           # execution
    | keyword = HEALTHCHECK FLAG* (WORD command)?                        # test
    | keyword = (ADD | COPY | VOLUME) FLAG* (STRINGS | WORD*)            # list
    | keyword = (EXPOSE | FROM) FLAG* WORD*                              # words
    | keyword = (ENV | LABEL) FLAG* WORD*                                # pairs
    | keyword = ARG FLAG* WORD*                                          # declarations
    | keyword = UNKNOWN FLAG* TEXT?                                      # unknown
    ;

command: (STRINGS | TEXT)?;
