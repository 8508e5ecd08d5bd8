package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.SlipwayProcess.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags that every user of buildx types without a thought. */
@Tag("end-to-end")
class BuildxFlagsTest {

    @TempDir
    private Path folder;

    private Path context;
    private String image;

    @BeforeEach
    void makeContext() throws Exception {
        context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        image = "type=oci,tar=false,dest=" + folder.resolve("out");
    }

    @Test
    void aTagNamesTheImage() throws Exception {
        Outcome outcome = build("-t", "app:1.4", "--tag", "host.example/app", "--output", image);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(index()).contains("\"docker.io/library/app:1.4\"").contains("\"host.example/app:latest\"");
    }

    @Test
    void theNameOfAnOutputComesFirst() throws Exception {
        Outcome outcome = build("-t", "app:1.4", "--output", image + ",name=other:2");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(index()).contains("\"docker.io/library/other:2\"").doesNotContain("app:1.4");
    }

    @Test
    void aTagWithoutAnImageIsToldOf() throws Exception {
        Outcome outcome = build("-t", "app");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).contains("WARNING: --tag app: no output of this build is an image");
    }

    @Test
    void aTagThatIsNoNameIsRefusedBeforeTheBuild() throws Exception {
        Outcome outcome = build("-t", "NO NAME", "--output", image);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("invalid image name NO NAME").doesNotContain("COPY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",colour=red",
                ",compression=lzma",
                ",compression-level=high",
                ",source-date-epoch=today",
                ",name=NO NAME",
                ",tar=perhaps"
            })
    void anOutputWithAnOptionThatMakesNoSenseIsWrongUsage(String option) throws Exception {
        Outcome outcome = build("--output", image + option);
        assertThat(outcome.err()).startsWith("ERROR: ").doesNotContain("COPY");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @Test
    void aQuietBuildPrintsTheDigestAlone() throws Exception {
        Outcome outcome = build("-q", "--output", image);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("sha256:").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "plain", "none"})
    void progressIsShownAsInBuildx(String kind) throws Exception {
        Outcome outcome = build("--progress", kind);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--push", "--load"})
    void whatCannotBeDoneYetSaysSo(String flag) throws Exception {
        Outcome outcome = build(flag);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo("ERROR: images are not pushed to registries or loaded into Docker yet; write one with"
                        + " --output type=oci,dest=FILE" + System.lineSeparator());
    }

    @Test
    void aDigestThatThereWillNotBeIsNotWaitedFor() throws Exception {
        Outcome outcome = build(
                "--iidfile", folder.resolve("iid").toString(), "--output", "type=tar,dest=" + folder.resolve("x"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("no output of this build is an image");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "type=oci,dest=-", "type=tar,dest=-"})
    void standardOutputIsNoFile(String output) throws Exception {
        Outcome outcome = build("--output", output);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("--output " + output + ": standard output is not supported; name a file");
    }

    @Test
    void aSecretThatCannotBeReadIsMissedBeforeTheBuild() throws Exception {
        Outcome outcome = build("--secret", "id=key,src=" + folder.resolve("nothing"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo("ERROR: --secret id=key,src=" + folder.resolve("nothing") + ": the file "
                        + folder.resolve("nothing") + " cannot be read; name one that can" + System.lineSeparator());
    }

    @Test
    void anAgentThatIsNoneIsMissedBeforeTheBuild() throws Exception {
        Path nothing = folder.resolve("nothing");
        Path key = Files.writeString(folder.resolve("key"), "a key");
        assertRefused("--ssh default=" + nothing + ": there is no " + nothing, "--ssh", "default=" + nothing);
        assertRefused(
                "--ssh default=" + key + ": " + key + " is a file; give a key to an agent", "--ssh", "default=" + key);
    }

    @Test
    void whatCannotBeAllowedAndAnArgumentWithoutANameAreRefused() throws Exception {
        assertRefused("--allow network.hosts: nothing can be allowed by this name", "--allow", "network.hosts");
        assertRefused("--build-arg =x: expected NAME=VALUE", "--build-arg", "=x");
    }

    private void assertRefused(String message, String... options) throws Exception {
        Outcome outcome = build(options);
        assertThat(outcome.err()).startsWith("ERROR: " + message);
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    private String index() throws Exception {
        return Files.readString(folder.resolve("out/index.json"));
    }

    private Outcome build(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("build"));
        Collections.addAll(arguments, options);
        arguments.add(context.toString());
        return SlipwayProcess.run(folder.resolve("home"), arguments.toArray(String[]::new));
    }
}
