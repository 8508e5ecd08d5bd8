package dev.slipway.parser;

import dev.slipway.parser.grammar.InstructionLexer;
import java.util.Arrays;
import java.util.List;

/** The keywords of instructions. */
enum Keyword {
    ADD,
    ARG,
    CMD,
    COPY,
    ENTRYPOINT,
    ENV,
    EXPOSE,
    FROM,
    HEALTHCHECK,
    LABEL,
    MAINTAINER,
    ONBUILD,
    RUN,
    SHELL,
    STOPSIGNAL,
    USER,
    VOLUME,
    WORKDIR,
    /** Any other word. */
    UNKNOWN;

    private static final Keyword[] BY_TOKEN = new Keyword[InstructionLexer.VOCABULARY.getMaxTokenType() + 1];

    static {
        for (int type = 0; type < BY_TOKEN.length; type++) {
            String name = InstructionLexer.VOCABULARY.getSymbolicName(type);
            for (Keyword keyword : values()) {
                if (keyword.name().equals(name)) {
                    BY_TOKEN[type] = keyword;
                }
            }
        }
    }

    /** The keyword that this type of token stands for. */
    static Keyword ofToken(int type) {
        return BY_TOKEN[type];
    }

    /** All known ones as they are usually written. */
    static List<String> names() {
        return Arrays.stream(values())
                .filter(keyword -> keyword != UNKNOWN)
                .map(Keyword::name)
                .toList();
    }
}
