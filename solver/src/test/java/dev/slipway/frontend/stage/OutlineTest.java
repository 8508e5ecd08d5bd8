package dev.slipway.frontend.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.frontend.Outline;
import org.junit.jupiter.api.Test;

/** What a target asks of the one who builds it (frontend notes 9, subrequests). */
class OutlineTest {

    private static Outline outline(String dockerfile, String target) {
        return Converted.of(dockerfile, request -> request.target(target))
                .conversion()
                .outline();
    }

    @Test
    void onlyArgumentsThatAreUsedAreAskedFor() {
        Outline outline = outline("""
                ARG inherited=box
                ARG unused=abc
                # sfx is a suffix
                ARG sfx="usy${inherited}"
                FROM b${sfx} AS first
                # BAR is a number
                ARG BAR=456
                FROM alpine${unused} AS second
                # target is what is built
                FROM scratch AS target
                ARG plain
                COPY --from=first /x /
                """, "target");
        assertThat(outline.name()).isEqualTo("target");
        assertThat(outline.description()).isEqualTo("is what is built");
        assertThat(outline.arguments())
                .extracting(argument -> argument.name() + "=" + argument.value() + " " + argument.description())
                .containsExactly("inherited=box ", "sfx=usybox is a suffix", "BAR=456 is a number", "plain= ");
    }

    @Test
    void anArgumentMadeOfItselfAsksForWhatItWasMadeOf() {
        Outline outline = outline("ARG A=1\nARG FOO=$A\nARG FOO=${FOO}x\nFROM scratch AS t\nARG FOO\n", "t");
        assertThat(outline.arguments()).extracting(Outline.Argument::name).containsExactly("A", "FOO");
        assertThat(outline.arguments().get(1).value()).isEqualTo("1x");
    }

    @Test
    void secretsAndAgentsOfAllStagesInvolvedAreAskedFor() {
        Outline outline = outline("""
                FROM busybox AS first
                RUN --mount=type=secret,target=/etc/passwd,required=true --mount=type=ssh true
                FROM alpine AS unused
                RUN --mount=type=secret,id=unused true
                FROM scratch AS target
                COPY --from=first /foo /
                RUN --mount=type=ssh,id=ssh3,required true
                """, "target");
        assertThat(outline.secrets())
                .extracting(need -> need.id() + " " + need.required())
                .containsExactly("passwd true");
        assertThat(outline.agents())
                .extracting(need -> need.id() + " " + need.required())
                .containsExactly("default false", "ssh3 true");
    }
}
