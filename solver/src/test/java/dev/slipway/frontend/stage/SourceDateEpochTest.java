package dev.slipway.frontend.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.frontend.Converted;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.frontend.ImageResolver;
import dev.slipway.frontend.MainContext;
import dev.slipway.frontend.NamedContext;
import dev.slipway.frontend.convert.Frontend;
import dev.slipway.llb.SourceOp;
import dev.slipway.parser.DockerfileParser;
import dev.slipway.parser.check.Checks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SOURCE_DATE_EPOCH from a number, a context or a stage (frontend notes 4). */
class SourceDateEpochTest {

    private final List<SourceOp> asked = new ArrayList<>();

    private Converted convert(String dockerfile, Consumer<FrontendRequestBuilder> settings) {
        ImageResolver base = Converted.resolver(Map.of());
        ImageResolver images = new ImageResolver() {
            @Override
            public dev.slipway.executor.ResolvedImage resolve(dev.slipway.executor.ImageRequest request) {
                return base.resolve(request);
            }

            @Override
            public OptionalLong time(SourceOp source) {
                asked.add(source);
                return OptionalLong.of(77);
            }
        };
        return new Converted(Frontend.convert(
                DockerfileParser.parse(dockerfile.getBytes(StandardCharsets.UTF_8)),
                Converted.request(settings),
                images,
                Checks.none()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ARG SOURCE_DATE_EPOCH=5       |      | 5
            ARG SOURCE_DATE_EPOCH=5       | 6    | 6
            ARG SOURCE_DATE_EPOCH=5       | ''   |
            ARG SOURCE_DATE_EPOCH         |      |
            ARG SOURCE_DATE_EPOCH=        |      |
            ARG OTHER                     | 6    | 6
            ARG OTHER                     | -6   | -6
            """)
    void aNumberIsGivenByTheBuildOrByTheFile(String argument, String given, Long epoch) {
        Converted converted = convert(argument + "\nFROM alpine\nARG SOURCE_DATE_EPOCH\nRUN x\n", request -> {
            if (given != null) {
                request.buildArg("SOURCE_DATE_EPOCH", given);
            }
        });
        assertThat(converted.conversion().sourceDateEpoch())
                .isEqualTo(epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch));
        if (epoch != null) {
            assertThat(converted.environment()).contains("SOURCE_DATE_EPOCH=" + epoch);
        }
    }

    @Test
    void aLocalContextHasNoAge() {
        Converted converted =
                convert("FROM alpine\nRUN x\n", request -> request.buildArg("SOURCE_DATE_EPOCH", "context"));
        assertThat(converted.conversion().sourceDateEpoch()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aRemoteContextHasOne() {
        Converted converted = convert(
                "FROM alpine\nARG SOURCE_DATE_EPOCH\nRUN x\n",
                request -> request.context(new MainContext.Git("https://h/r.git", false, false, Optional.empty()))
                        .buildArg("SOURCE_DATE_EPOCH", "context"));
        assertThat(converted.conversion().sourceDateEpoch()).hasValue(77);
        assertThat(converted.environment()).contains("SOURCE_DATE_EPOCH=77");
        assertThat(asked).extracting(SourceOp::identifier).containsExactly("git://h/r.git");
    }

    @Test
    void aNamedContextHasOne() {
        Converted converted = convert(
                "FROM alpine\n",
                request -> request.namedContext("src", NamedContext.of("https://h/file"))
                        .buildArg("SOURCE_DATE_EPOCH", "src"));
        assertThat(converted.conversion().sourceDateEpoch()).hasValue(77);
        assertThat(asked).extracting(SourceOp::identifier).containsExactly("https://h/file");
    }

    @Test
    void aStageThatIsOneSourceHasOne() {
        Converted converted = convert(
                "FROM scratch AS src\nARG V=1\nADD https://h/$V.tgz /\nFROM alpine\n",
                request -> request.buildArg("SOURCE_DATE_EPOCH", "src").buildArg("V", "2"));
        assertThat(converted.conversion().sourceDateEpoch()).hasValue(77);
        assertThat(asked).extracting(SourceOp::identifier).containsExactly("https://h/2.tgz");
    }

    @Test
    void whatCouldBeNoContextIsNoStageEither() {
        assertThatThrownBy(() -> convert(
                        "FROM scratch AS src\nADD https://h/f /\nFROM alpine\n",
                        request -> request.buildArg("SOURCE_DATE_EPOCH", "SRC")))
                .hasMessageStartingWith("invalid context name SRC: invalid reference format");
    }

    @Test
    void aContextNamedScratchHasAnAge() {
        Converted converted = convert(
                "FROM alpine\n",
                request -> request.namedContext("scratch", NamedContext.of("https://h/file"))
                        .buildArg("SOURCE_DATE_EPOCH", "scratch"));
        assertThat(converted.conversion().sourceDateEpoch()).hasValue(77);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FROM alpine AS src                              | SOURCE_DATE_EPOCH stage must use FROM scratch
            FROM scratch AS src                             | SOURCE_DATE_EPOCH stage must contain exactly one remote ADD
            FROM scratch AS src\\nADD https://h/a /\\nADD https://h/b / | SOURCE_DATE_EPOCH stage must contain exactly one remote ADD
            FROM scratch AS src\\nADD https://h/a https://h/b /        | SOURCE_DATE_EPOCH stage must contain exactly one remote ADD source
            FROM scratch AS src\\nADD a /                   | SOURCE_DATE_EPOCH stage source must be a single HTTP(S) or Git ADD
            FROM scratch AS src\\nENV A=1                   | SOURCE_DATE_EPOCH stage does not meet source-only requirements: unsupported ENV instruction
            FROM scratch                                    | invalid SOURCE_DATE_EPOCH: src
            """)
    void anyOtherStageIsRefused(String dockerfile, String message) {
        assertThat(Converted.failure(
                        dockerfile.replace("\\n", "\n") + "\n",
                        request -> request.buildArg("SOURCE_DATE_EPOCH", "src")))
                .isEqualTo(message);
    }

    @Test
    void aTimeThatNoCalendarHasIsRefused() {
        assertThat(Converted.failure(
                        "FROM scratch\n", request -> request.buildArg("SOURCE_DATE_EPOCH", "99999999999999")))
                .isEqualTo("invalid SOURCE_DATE_EPOCH: 99999999999999");
    }
}
