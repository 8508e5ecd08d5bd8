package dev.slipway.parser;

import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.OnBuild;

/** ONBUILD. Its instruction is kept as text and understood when it is triggered. */
final class OnBuildBuilder {

    private OnBuildBuilder() {}

    static OnBuild onBuild(RawInstruction raw) {
        ListBuilder.atLeastOne(raw);
        FlagSet.EMPTY.parse(raw);
        String keyword = GoText.toUpperCase(Blanks.trim(raw.words().get(0)));
        switch (keyword) {
            case "ONBUILD" -> throw new Refusal("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
            case "MAINTAINER", "FROM" -> throw new Refusal(keyword + " isn't allowed as an ONBUILD trigger");
            default -> {
                return new OnBuild(raw.statement(), expression(raw));
            }
        }
    }

    private static String expression(RawInstruction raw) {
        String text = raw.line().text();
        int keyword = skip(text, 0);
        StringBuilder expression = new StringBuilder(
                text.regionMatches(true, keyword, "ONBUILD", 0, 7) ? text.substring(skip(text, keyword + 7)) : text);
        for (Heredoc heredoc : raw.heredocs()) {
            expression.append('\n').append(heredoc.content()).append(heredoc.name());
        }
        return expression.toString();
    }

    private static int skip(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != 0x0B && Blanks.isSeparator(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
