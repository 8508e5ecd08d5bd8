package dev.slipway.frontend.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.ProcessOptions;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.FileAction.MakeFile;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta.HostIp;
import dev.slipway.llb.ProcessMeta.Ulimit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RUN without its mounts (frontend notes 3.4, 6.6). */
class RunTest {

    @Test
    void aShellRunsWhatIsNoJson() {
        assertThat(Converted.of("FROM alpine\nRUN echo hi\n").arguments()).containsExactly("/bin/sh", "-c", "echo hi");
        assertThat(Converted.of("FROM alpine\nRUN [\"echo\", \"hi\"]\n").arguments())
                .containsExactly("echo", "hi");
        assertThat(Converted.of("FROM alpine\nSHELL [\"bash\", \"-ec\"]\nRUN echo hi\n")
                        .arguments())
                .containsExactly("bash", "-ec", "echo hi");
    }

    @Test
    void windowsHasAShellOfItsOwn() {
        Converted converted = Converted.of(
                "FROM alpine\nRUN dir\n", request -> request.platform(Platform.of("windows", "amd64", "")));
        assertThat(converted.arguments()).containsExactly("cmd", "/S", "/C", "dir");
    }

    @Test
    void aProcessStartsInTheRootOfAnImageThatSaysNothing() {
        assertThat(Converted.of("FROM alpine\nRUN x\n").exec().meta().workingDirectory())
                .isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource({"default,UNSET", "none,NONE", "host,HOST"})
    void aNetworkIsWhatTheFlagSays(String flag, NetworkMode mode) {
        assertThat(Converted.of("FROM alpine\nRUN --network=" + flag + " x\n")
                        .exec()
                        .network())
                .isEqualTo(mode);
    }

    @Test
    void aBuildArgumentNamesTheMachine() {
        ProcessOptions options = new ProcessOptions(
                NetworkMode.UNSET, "option", List.of(), List.of(), 0, "", List.of(), new TreeMap<>());
        assertThat(hostname(options, "argument")).isEqualTo("argument");
        assertThat(hostname(options, "")).isEqualTo("option");
    }

    private static String hostname(ProcessOptions options, String argument) {
        return Converted.of(
                        "FROM alpine\nRUN x\n",
                        request -> request.process(options).buildArg("BUILDKIT_SANDBOX_HOSTNAME", argument))
                .exec()
                .meta()
                .hostname();
    }

    @Test
    void theNetworkOfTheBuildIsThatOfEveryRunWithoutOne() {
        ProcessOptions options =
                new ProcessOptions(NetworkMode.NONE, "", List.of(), List.of(), 0, "", List.of(), new TreeMap<>());
        assertThat(Converted.of("FROM alpine\nRUN x\n", request -> request.process(options))
                        .exec()
                        .network())
                .isEqualTo(NetworkMode.NONE);
        assertThat(Converted.of("FROM alpine\nRUN --network=host x\n", request -> request.process(options))
                        .exec()
                        .network())
                .isEqualTo(NetworkMode.HOST);
    }

    @Test
    void confinementCanBeLeftOut() {
        Converted converted = Converted.of("FROM alpine\nRUN --security=insecure x\n");
        assertThat(converted.exec().security()).isEqualTo(SecurityMode.INSECURE);
        assertThat(converted.vertex("RUN").metadata().capabilities()).contains("exec.meta.security");
    }

    @Test
    void devicesNeedAnotherFrontend() {
        String dockerfile = "FROM alpine\nRUN --device=vendor.com/a=b --device=vendor.com/c,required x\n";
        assertThat(Converted.failure(dockerfile))
                .isEqualTo("device feature is only supported in Dockerfile frontend 1.14.0-labs or later;"
                        + " begin the Dockerfile with # syntax=docker/dockerfile:1-labs");
        Converted labs = Converted.of("# syntax=docker/dockerfile:1.14-labs\n" + dockerfile);
        assertThat(labs.exec().cdiDevices())
                .containsExactly(
                        new ExecOp.CdiDevice("vendor.com/a=b", true), new ExecOp.CdiDevice("vendor.com/c", false));
        assertThat(labs.vertex("RUN").metadata().capabilities()).contains("exec.meta.cdi");
    }

    @Test
    void everyProcessGetsWhatTheBuildSays() {
        ProcessOptions options = new ProcessOptions(
                NetworkMode.UNSET,
                "host",
                List.of(new HostIp("name", "1.2.3.4")),
                List.of(new Ulimit("nofile", 1, 2)),
                4096,
                "group",
                List.of(),
                new TreeMap<>(Map.of("memory", "5")));
        Converted converted = Converted.of("FROM alpine\nRUN x\n", request -> request.process(options));
        assertThat(converted.exec().meta().hostname()).isEqualTo("host");
        assertThat(converted.exec().meta().extraHosts()).containsExactly(new HostIp("name", "1.2.3.4"));
        assertThat(converted.exec().meta().ulimits()).containsExactly(new Ulimit("nofile", 1, 2));
        assertThat(converted.exec().meta().cgroupParent()).isEqualTo("group");
        assertThat(converted.mount().destination()).isEqualTo("/dev/shm");
        assertThat(converted.mount().kind()).isEqualTo(new Mount.Tmpfs(4096));
        assertThat(converted.vertex("RUN").metadata().linuxResources()).containsEntry("memory", "5");
    }

    @Test
    void aStageCanDoWithoutTheCache() {
        String dockerfile = """
                FROM alpine AS a
                RUN one
                COPY x /x
                WORKDIR /w
                FROM a
                RUN two
                """;
        Converted one = Converted.of(dockerfile, request -> request.noCache(Set.of("A")));
        assertThat(one.vertex("RUN one").metadata().ignoreCache()).isTrue();
        assertThat(one.vertex("COPY").metadata().ignoreCache()).isTrue();
        assertThat(one.vertex("WORKDIR").metadata().ignoreCache()).isFalse();
        assertThat(one.vertex("RUN two").metadata().ignoreCache()).isFalse();
        Converted all = Converted.of(dockerfile, request -> request.noCache(Set.of()));
        assertThat(all.vertex("RUN two").metadata().ignoreCache()).isTrue();
    }

    @Test
    void aHeredocThatIsTheWholeCommandIsTheScript() {
        Converted converted = Converted.of("FROM alpine\nRUN <<EOF\necho 1\necho 2\nEOF\n");
        assertThat(converted.arguments()).containsExactly("/bin/sh", "-c", "echo 1\necho 2\n");
        assertThat(converted.names()).last().isEqualTo("[2/2] RUN <<EOF (echo 1...)");
        assertThat(converted.history()).containsExactly("RUN /bin/sh -c echo 1\necho 2\n # buildkit");
        assertThat(Converted.of("FROM alpine\nRUN 3<<-E\n\techo\nE\n").arguments())
                .contains("echo\n");
    }

    @Test
    void aScriptWithAnInterpreterIsMounted() {
        Converted converted = Converted.of("FROM alpine\nRUN <<-'EOF'\n\t#!/bin/python\n\tprint(1)\nEOF\n");
        assertThat(converted.arguments()).containsExactly("/bin/sh", "-c", "/dev/pipes/EOF");
        assertThat(converted.mount().destination()).isEqualTo("/dev/pipes/");
        assertThat(converted.mount().selector()).isEqualTo("/");
        assertThat(converted.mount().readOnly()).isTrue();
        MakeFile file = (MakeFile) converted.actions().findFirst().orElseThrow().command();
        assertThat(file.path()).isEqualTo("/EOF");
        assertThat(file.mode()).isEqualTo(0755);
        assertThat(new String(file.data().toArray(), StandardCharsets.UTF_8)).isEqualTo("#!/bin/python\nprint(1)\n");
    }

    @Test
    void aScriptForWindowsIsNot() {
        Converted converted = Converted.of(
                "FROM alpine\nRUN <<EOF\n#!x\nEOF\n", request -> request.platform(Platform.of("windows", "amd64", "")));
        assertThat(converted.arguments()).containsExactly("cmd", "/S", "/C", "#!x\n");
    }

    @Test
    void otherHeredocsAreLeftToTheShell() {
        Converted converted = Converted.of("FROM alpine\nRUN cat <<-A > /x && cat <<B\n\tone\n\tA\ntwo\nB\n");
        assertThat(converted.arguments())
                .containsExactly("/bin/sh", "-c", "cat <<-A > /x && cat <<B\n\tone\nA\ntwo\nB");
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        byte[] dockerfile = "FROM alpine\nRUN echo X\n".getBytes(StandardCharsets.UTF_8);
        dockerfile[dockerfile.length - 2] = (byte) 0xff;
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> Converted.of(dockerfile, Map.of(), request -> {}, dev.slipway.parser.check.Checks.none()))
                .isInstanceOf(FrontendException.class)
                .hasMessage("string field contains invalid UTF-8");
    }
}
