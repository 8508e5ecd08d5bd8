package dev.slipway.parser;

import dev.slipway.parser.tree.Maintainer;
import dev.slipway.parser.tree.StopSignal;
import dev.slipway.parser.tree.User;
import dev.slipway.parser.tree.Workdir;

/** Instructions with one text: MAINTAINER, STOPSIGNAL, USER, WORKDIR. */
final class TextBuilder {

    private TextBuilder() {}

    static Maintainer maintainer(RawInstruction raw) {
        String author = text(raw);
        FlagSet.EMPTY.parse(raw);
        return new Maintainer(raw.statement(), author);
    }

    /** Flags of STOPSIGNAL are ignored, as in BuildKit. */
    static StopSignal stopSignal(RawInstruction raw) {
        return new StopSignal(raw.statement(), text(raw));
    }

    static User user(RawInstruction raw) {
        String user = text(raw);
        FlagSet.EMPTY.parse(raw);
        return new User(raw.statement(), user);
    }

    static Workdir workdir(RawInstruction raw) {
        String path = text(raw);
        FlagSet.EMPTY.parse(raw);
        return new Workdir(raw.statement(), path);
    }

    private static String text(RawInstruction raw) {
        if (raw.words().isEmpty()) {
            throw new Refusal(raw.keyword() + " requires exactly one argument");
        }
        return raw.words().get(0);
    }
}
