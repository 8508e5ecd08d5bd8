package dev.slipway.parser;

import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.LosslessUtf8;
import dev.slipway.parser.tree.Expose;
import dev.slipway.parser.tree.Volume;
import java.util.ArrayList;
import java.util.List;

/** Instructions with a list of words: EXPOSE, VOLUME. */
final class ListBuilder {

    private ListBuilder() {}

    static Expose expose(RawInstruction raw) {
        List<String> ports = new ArrayList<>(atLeastOne(raw));
        FlagSet.EMPTY.parse(raw);
        ports.sort(LosslessUtf8::compareBytes);
        return new Expose(raw.statement(), ports);
    }

    static Volume volume(RawInstruction raw) {
        List<String> words = atLeastOne(raw);
        FlagSet.EMPTY.parse(raw);
        List<String> paths = words.stream().map(Blanks::trim).toList();
        if (paths.contains("")) {
            throw new Refusal("VOLUME specified can not be an empty string");
        }
        return new Volume(raw.statement(), paths);
    }

    static List<String> atLeastOne(RawInstruction raw) {
        if (raw.words().isEmpty()) {
            throw new Refusal(raw.keyword() + " requires at least one argument");
        }
        return raw.words();
    }
}
