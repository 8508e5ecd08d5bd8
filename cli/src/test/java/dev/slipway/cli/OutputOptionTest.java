package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.Output;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputOptionTest {

    private final OutputStream standardOutput = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "type=tar",
                "type=oci",
                "type=tar,dest=-",
                "TYPE=oci, dest=-",
                "type=oci,tar=true",
                "type=docker,dest=-"
            })
    void anArchiveWithoutAPlaceGoesToStandardOutput(String text) {
        assertThat(parse(text).stream()).containsSame(standardOutput);
        assertThat(parse(text).destination()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "type=tar", "type=oci,dest=-"})
    void aTerminalTakesNoArchive(String text) {
        assertThatThrownBy(() -> OutputOption.parse(List.of(text), taker(true)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--output " + text + ": this would fill the terminal with an archive");
    }

    @Test
    void standardOutputTakesOneArchive() {
        assertThatThrownBy(() -> OutputOption.parse(List.of("-", "type=oci"), taker(false)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("only one output can go to standard output");
    }

    @Test
    void whatDoesNotBeginWithATypeIsAFolder() {
        assertThat(parse("out=1")).isEqualTo(Output.localDirectory(Path.of("out=1")));
        assertThat(parse("type=local,\"dest=a,b\"")).isEqualTo(Output.localDirectory(Path.of("a,b")));
    }

    @Test
    void anEmptyOutputIsNone() {
        assertThat(OutputOption.parse(List.of("", ""), taker(true))).isEmpty();
    }

    @Test
    void anOutputThatIsOnlyCachedNeedsNoPlace() {
        Output output = parse("type=cacheonly");
        assertThat(output.type()).isEqualTo("cacheonly");
        assertThat(output.destination()).isEmpty();
        assertThat(output.stream()).isEmpty();
    }

    @Test
    void anImageForDockerWithoutAPlaceIsLoaded() {
        assertThat(parse("type=docker,context=lab")).isEqualTo(Output.engine().with("context", "lab"));
        assertThat(parse("type=docker,name=a:1")).isEqualTo(Output.engine("a:1"));
    }

    @Test
    void loadingIsAskedForOnce() {
        Output file = parse("type=docker,dest=app.tar");
        Output lab = parse("type=docker,context=lab");
        assertThat(OutputOption.loaded(List.of(file))).containsExactly(file, Output.engine());
        assertThat(OutputOption.loaded(List.of(file, lab))).containsExactly(file, lab);
    }

    @Test
    void namesAreQuotedTogether() {
        assertThat(parse("type=oci,\"name=a:1,b:2\",dest=x").attributes()).containsEntry("name", "a:1,b:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=local | dest is required, such as type=local,dest=out",
                "type=oci,tar=false | dest is required, such as type=oci,dest=out",
                "type=local,dest=- | standard output cannot take a folder; name one",
                "dest=a,name=b | type is required, such as type=oci",
                "type=tarball,dest=x | unknown type 'tarball'; known are cacheonly, docker, image, local, oci,"
                        + " registry, tar",
                "type=registry,dest=x | type=registry has no dest; leave it out",
                "type=docker,tar=false | dest is required, such as type=docker,dest=out",
                "type=docker,tar=false,dest=- | standard output cannot take a folder; name one"
            })
    void whatMakesNoSenseIsRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessage("--output " + text + ": " + message);
    }

    @Test
    void pushingAddsAnImageUnlessThereIsOne() {
        Output files = parse("type=local,dest=x");
        assertThat(OutputOption.pushed(List.of(files))).containsExactly(files, parse("type=registry"));
        assertThat(OutputOption.pushed(List.of(files, parse("type=image"))))
                .containsExactly(files, parse("type=image,push=true"));
        assertThat(OutputOption.pushed(List.of(parse("type=registry,name=a"))))
                .containsExactly(parse("type=registry,name=a"));
    }

    private Output parse(String text) {
        List<Output> outputs = OutputOption.parse(List.of(text), taker(false));
        assertThat(outputs).hasSize(1);
        return outputs.get(0);
    }

    private StandardOutput.Taker taker(boolean terminal) {
        return new StandardOutput.Taker() {

            @Override
            public boolean isTerminal() {
                return terminal;
            }

            @Override
            public OutputStream stream() {
                return standardOutput;
            }
        };
    }
}
