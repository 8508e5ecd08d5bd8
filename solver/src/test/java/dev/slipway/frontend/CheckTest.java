package dev.slipway.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks that need a conversion (frontend notes 9). */
class CheckTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ENV A=$B             | UndefinedVar: Usage of undefined variable '$B'
            COPY $PATHH /x       | UndefinedVar: Usage of undefined variable '$PATHH' (did you mean $PATH?)
            ENV A ${X:-1}        | UndefinedVar: Usage of undefined variable '$X';LegacyKeyValueFormat: "ENV key=value" should be used instead of legacy "ENV key value" format
            label a b            | LegacyKeyValueFormat: "label key=value" should be used instead of legacy "label key value" format;ConsistentInstructionCasing: Command 'label' should match the case of the command majority (uppercase)
            ENV API_KEY=1        | SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV "API_KEY")
            ARG my_token         | SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ARG "my_token")
            ARG PUBLIC_KEY TOKEN_FILE KEYS | ''
            CMD x                | JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals
            WORKDIR a            | WorkdirRelativePath: Relative workdir "a" can have unexpected results if the base image changes
            EXPOSE 80/TCP        | ExposeProtoCasing: Defined protocol '80/TCP' in EXPOSE instruction should be lowercase
            EXPOSE 1.2.3.4:80:81 | ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found '1.2.3.4:80:81'
            RUN echo $NOTHING    | ''
            ARG A=$A             | UndefinedVar: Usage of undefined variable '$A'
            """)
    void anInstructionIsFound(String instruction, String findings) {
        assertThat(Converted.findings("FROM alpine\n" + instruction + "\n"))
                .containsExactlyInAnyOrder(findings.isEmpty() ? new String[0] : findings.split(";"));
    }

    @Test
    void anArgumentIsDefinedFromItsDeclarationOn() {
        assertThat(Converted.findings("FROM alpine\nARG A\nENV B=$A\n")).isEmpty();
        assertThat(Converted.findings("FROM alpine\nENV B=$A\nARG A\n")).hasSize(1);
        assertThat(Converted.findings("FROM alpine AS a\nARG A\nFROM a\nENV B=$A\n"))
                .isEmpty();
    }

    @Test
    void onlyTheFirstRelativeFolderOfAChainIsFound() {
        assertThat(Converted.findings("FROM alpine AS a\nWORKDIR /x\nFROM a\nWORKDIR y\n"))
                .isEmpty();
        assertThat(Converted.findings("FROM alpine\nWORKDIR x\nWORKDIR y\n")).hasSize(1);
    }

    @Test
    void instructionsThatDoNotCountAreFoundInEachStage() {
        assertThat(Converted.findings("FROM alpine AS a\nCMD [\"a\"]\nFROM a\nCMD [\"b\"]\nCMD [\"c\"]\n"))
                .containsExactly("MultipleInstructionsDisallowed: Multiple CMD instructions should not be used in the"
                        + " same stage because only the last one will be used");
    }

    @Test
    void aShellThatWasAskedForIsNoFinding() {
        assertThat(Converted.findings("FROM alpine\nSHELL [\"bash\", \"-c\"]\nCMD x\nENTRYPOINT y\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FROM --platform=$TARGETPLATFORM alpine      | RedundantTargetPlatform: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior
            FROM --platform=$BUILDPLATFORM alpine       | ''
            FROM --platform=linux/amd64 alpine          | FromPlatformFlagConstDisallowed: FROM --platform flag should not use constant value "linux/amd64"
            FROM --platform=linux/amd64 alpine AS amd64 | ''
            FROM alpine${TAG}                           | UndefinedArgInFrom: FROM argument 'TAG' is not declared
            FROM alpine${TARGETOSS}                     | UndefinedArgInFrom: FROM argument 'TARGETOSS' is not declared (did you mean TARGETOS?)
            """)
    void aBaseIsFound(String from, String finding) {
        assertThat(Converted.findings(from + "\n")).isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
    }

    @Test
    void aBaseThatNeedsAnArgumentIsFound() {
        String finding =
                "InvalidDefaultArgInFrom: Default value for ARG $IMAGE results in empty or invalid base image name";
        assertThat(Converted.findings("ARG IMAGE\nFROM $IMAGE\n", request -> request.buildArg("IMAGE", "alpine")))
                .containsExactly(finding);
        assertThat(Converted.findings("ARG IMAGE=alpine\nFROM $IMAGE\n")).isEmpty();
    }

    @Test
    void aSourceThatIsLeftOutIsFound() {
        String dockerfile = "FROM alpine AS a\nCOPY x/../secret.txt /\nADD ok /\nFROM a\nCOPY --from=a secret.txt /\n";
        assertThat(Converted.findings(dockerfile, ignoring("secret.*")))
                .containsExactly("CopyIgnoredFile: Attempting to Copy file \"secret.txt\" that is excluded by"
                        + " .dockerignore");
        assertThat(Converted.findings("FROM alpine\nADD secret.txt /\n", ignoring("secret.*")))
                .containsExactly("CopyIgnoredFile: Attempting to Add file \"secret.txt\" that is excluded by"
                        + " .dockerignore");
        assertThat(Converted.findings(dockerfile, ignoring("secret.*", "!other")))
                .isEmpty();
    }

    @Test
    void theWholeContextIsFoundOnlyIfAllOfItIsLeftOut() {
        assertThat(Converted.findings("FROM alpine\nCOPY . /\n", ignoring("*"))).hasSize(1);
        assertThat(Converted.findings("FROM alpine\nCOPY . /\n", ignoring("?"))).isEmpty();
    }

    private static java.util.function.Consumer<FrontendRequestBuilder> ignoring(String... patterns) {
        return request ->
                request.context(new MainContext.Local(MainContext.NAME, Converted.SESSION, List.of(patterns)));
    }

    @Test
    void commentsTurnChecksOff() {
        assertThat(Converted.findings("# check=skip=JSONArgsRecommended\nFROM alpine\nCMD x\n"))
                .isEmpty();
        assertThat(Converted.findings("FROM alpine\n# check=skip=UndefinedVar\nENV A=$B\nENV C=$OTHER\n"))
                .containsExactly("UndefinedVar: Usage of undefined variable '$OTHER'");
    }

    @Test
    void aFileCanAskToFail() {
        assertThat(failureOf("# check=error=true\nFROM alpine\nCMD x\n"))
                .isEqualTo("lint violation found for rules: JSONArgsRecommended");
        assertThat(failureOf("# check=error=true\nFROM alpine\nCMD [\"x\"]\n")).isEqualTo("no failure");
    }

    private static String failureOf(String dockerfile) {
        try {
            Converted.findings(dockerfile);
            return "no failure";
        } catch (FrontendException e) {
            return e.getMessage();
        }
    }

    @Test
    void allStagesAreLookedAtIfAskedFor() {
        String dockerfile = "FROM alpine AS unused\nENV A=$B\nFROM alpine\n";
        assertThat(Converted.findings(dockerfile)).isEmpty();
        assertThat(Converted.findings(dockerfile, request -> request.allStages(true)))
                .hasSize(1);
    }
}
