package dev.slipway.parser;

import dev.slipway.parser.text.Blanks;
import dev.slipway.parser.text.Suggestions;
import dev.slipway.parser.tree.Instruction;

/** Gives an instruction its meaning. Each family of instructions is built in a class of its own. */
final class InstructionBuilder {

    private InstructionBuilder() {}

    /**
     * Builds an instruction.
     *
     * @throws Refusal if the keyword is unknown, or its flags or arguments are wrong. Things are checked in BuildKit's order,
     *     because that decides which mistake is reported
     */
    static Instruction build(RawInstruction raw) {
        return switch (raw.keyword()) {
            case ADD -> TransferBuilder.add(raw);
            case ARG -> StageBuilder.arg(raw);
            case CMD -> CommandBuilder.cmd(raw);
            case COPY -> TransferBuilder.copy(raw);
            case ENTRYPOINT -> CommandBuilder.entrypoint(raw);
            case ENV -> PairBuilder.env(raw);
            case EXPOSE -> ListBuilder.expose(raw);
            case FROM -> StageBuilder.from(raw);
            case HEALTHCHECK -> HealthcheckBuilder.healthcheck(raw);
            case LABEL -> PairBuilder.label(raw);
            case MAINTAINER -> TextBuilder.maintainer(raw);
            case ONBUILD -> OnBuildBuilder.onBuild(raw);
            case RUN -> RunBuilder.run(raw);
            case SHELL -> CommandBuilder.shell(raw);
            case STOPSIGNAL -> TextBuilder.stopSignal(raw);
            case USER -> TextBuilder.user(raw);
            case VOLUME -> ListBuilder.volume(raw);
            case WORKDIR -> TextBuilder.workdir(raw);
            case UNKNOWN -> throw unknown(raw);
        };
    }

    private static Refusal unknown(RawInstruction raw) {
        String word = raw.statement().keyword();
        int start = Blanks.skip(raw.line().text(), 0);
        return new Refusal("unknown instruction: " + word)
                .suggesting(Suggestions.nearestIgnoringCase(word, Keyword.names()))
                .at(start, start + word.length());
    }
}
