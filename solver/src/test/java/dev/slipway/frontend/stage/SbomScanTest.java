package dev.slipway.frontend.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.ImageReference;
import dev.slipway.frontend.Converted;
import dev.slipway.frontend.FrontendRequestBuilder;
import dev.slipway.frontend.SbomScanner;
import dev.slipway.llb.Definition;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Vertex;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scanner's protocol, as BuildKit documents it. */
class SbomScanTest {

    private static final SbomScanner SCANNER =
            new SbomScanner(ImageReference.parse("scanner"), new TreeMap<>(Map.of("DEPTH", "3")));
    private static final String IMAGE = """
            {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]},
             "config":{"Env":["PATH=/bin","A=1"],"Entrypoint":["/scan"],"Cmd":["all"],"WorkingDir":"/work","User":"7"}}
            """.formatted(Converted.digestOf("layer"));

    private static Definition scan(String dockerfile, Consumer<FrontendRequestBuilder> settings) {
        return Converted.of(dockerfile, Map.of("docker.io/library/scanner:latest", IMAGE), request -> {
                    request.scanner(SCANNER);
                    settings.accept(request);
                })
                .conversion()
                .scan()
                .orElseThrow();
    }

    private static Vertex process(Definition scan) {
        return scan.result().orElseThrow().vertex();
    }

    private static ExecOp exec(Definition scan) {
        return (ExecOp) process(scan).op();
    }

    private static List<String> places(Definition scan) {
        return exec(scan).mounts().stream().map(Mount::destination).toList();
    }

    @Test
    void theScannerFindsTheTargetAndLeavesItsOutput() {
        Definition scan = scan("FROM alpine\nRUN true\n", request -> {});
        ExecOp exec = exec(scan);
        assertThat(exec.meta().arguments()).containsExactly("/scan", "all");
        assertThat(exec.meta().workingDirectory()).isEqualTo("/work");
        assertThat(exec.meta().user()).isEmpty();
        assertThat(exec.meta().environment())
                .containsExactly(
                        "PATH=/bin",
                        "A=1",
                        "BUILDKIT_SCAN_DESTINATION=/run/out/",
                        "BUILDKIT_SCAN_SOURCE=/run/src/core/sbom",
                        "BUILDKIT_SCAN_DEPTH=3");
        assertThat(places(scan)).containsExactly("/", "/run/out/", "/run/src/core/sbom", "/tmp");
        assertThat(exec.mounts()).extracting(Mount::output).containsExactly(-1, 0, -1, -1);
        assertThat(exec.mounts()).extracting(Mount::readOnly).containsExactly(false, false, true, false);
        assertThat(process(scan).metadata().name())
                .contains("[linux/amd64] generating sbom using docker.io/library/scanner:latest");
        assertThat(process(scan).inputs().get(1).vertex().metadata().name()).contains("[2/2] RUN true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ARG BUILDKIT_SBOM_SCAN_STAGE=true        |                                  | one,two
            ARG BUILDKIT_SBOM_SCAN_STAGE=two,x       |                                  | two
            ''                                       | ARG BUILDKIT_SBOM_SCAN_STAGE=1   | one
            ARG BUILDKIT_SBOM_SCAN_STAGE=true        | ARG BUILDKIT_SBOM_SCAN_STAGE=no  | two
            ARG BUILDKIT_SBOM_SCAN_STAGE             | ARG BUILDKIT_SBOM_SCAN_STAGE     | ''
            """)
    void stagesThatTheTargetNeedsAreScannedIfTheySaySo(String global, String ofOne, String scanned) {
        String dockerfile = global + "\nFROM alpine AS one\n" + (ofOne == null ? "" : ofOne)
                + "\nRUN 1\nFROM alpine AS two\nRUN 2\nFROM alpine AS unused\nRUN 3\n"
                + "FROM scratch\nCOPY --from=one /a /\nCOPY --from=two /a /\n";
        List<String> extras = places(scan(dockerfile, request -> {})).stream()
                .filter(place -> place.startsWith("/run/src/extras/sbom-"))
                .map(place -> place.substring("/run/src/extras/sbom-".length()))
                .toList();
        assertThat(String.join(",", extras)).isEqualTo(scanned);
    }

    @Test
    void theContextIsScannedIfTheTargetSaysSo() {
        Definition scan = scan(
                "ARG BUILDKIT_SBOM_SCAN_CONTEXT\nFROM alpine\nCOPY a /\n",
                request -> request.buildArg("BUILDKIT_SBOM_SCAN_CONTEXT", "true"));
        assertThat(places(scan)).contains("/run/src/extras/sbom-context");
        assertThat(exec(scan).meta().environment()).contains("BUILDKIT_SCAN_SOURCE_EXTRAS=/run/src/extras");
    }

    @Test
    void aScannerThatDoesNothingIsRefused() {
        assertThat(Converted.failure(
                        "FROM alpine\n",
                        request -> request.scanner(new SbomScanner(ImageReference.parse("missing"), new TreeMap<>()))))
                .isEqualTo("sbom scanner docker.io/library/missing:latest: not found");
    }
}
