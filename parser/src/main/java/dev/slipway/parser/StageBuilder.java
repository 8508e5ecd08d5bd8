package dev.slipway.parser;

import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.From;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The instructions that start a stage or may come before one: FROM, ARG. */
final class StageBuilder {

    private static final FlagSet FROM_FLAGS = FlagSet.of(List.of(), List.of("platform"), List.of());

    private StageBuilder() {}

    static From from(RawInstruction raw) {
        List<String> words = raw.words();
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("as");
        String writtenName = named ? words.get(2) : "";
        String name = GoText.toLowerCase(writtenName);
        if (named && !isStageName(name)) {
            throw new Refusal("invalid name for build stage: " + GoText.quote(writtenName)
                    + ", name can't start with a number or contain symbols");
        }
        if (!named && words.size() != 1) {
            throw new Refusal("FROM requires either one or three arguments");
        }
        String platform = FROM_FLAGS.parse(raw).value("platform");
        return new From(raw.statement(), words.get(0), platform, name, writtenName);
    }

    private static boolean isStageName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || "0123456789-_.".indexOf(c) < 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Flags of ARG are ignored, as in BuildKit. */
    static Arg arg(RawInstruction raw) {
        List<Arg.Variable> variables = new ArrayList<>();
        for (String word : ListBuilder.atLeastOne(raw)) {
            int equals = word.indexOf('=');
            if (equals == 0) {
                throw new Refusal("ARG names can not be blank");
            }
            variables.add(
                    equals < 0
                            ? new Arg.Variable(word, Optional.empty())
                            : new Arg.Variable(word.substring(0, equals), Optional.of(word.substring(equals + 1))));
        }
        return new Arg(raw.statement(), variables);
    }
}
