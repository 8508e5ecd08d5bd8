package dev.slipway;

import static java.util.Collections.singletonMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.context.ContextFiles;
import dev.slipway.context.ContextPlace;
import dev.slipway.context.DockerfilePlace;
import dev.slipway.executor.Output;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta.HostIp;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What makes no sense is refused by the method that is given it, not by the build. */
class BuildRequestTest {

    private static final BuildRequest REQUEST = BuildRequest.of(Path.of("."));

    @Test
    void whatMakesNoSenseIsRefused() {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("the address is empty", () -> BuildRequest.ofUrl(""));
        calls.put("the stage is empty", () -> REQUEST.target(""));
        calls.put("the url is empty", () -> REQUEST.dockerfileUrl(""));
        calls.put("the platform is empty", () -> REQUEST.platforms(""));
        calls.put("the size of /dev/shm is -1", () -> REQUEST.shmSize(-1));
        calls.put("the timeout is PT0S", () -> REQUEST.timeout(Duration.ZERO));
        calls.put(
                "the build argument BUILDKIT_MULTI_PLATFORM applies to the whole build",
                () -> REQUEST.buildArg("linux/arm64", "BUILDKIT_MULTI_PLATFORM", "1"));
        calls.put("there is no resource none", () -> REQUEST.dockerfileResource(BuildRequestTest.class, "none"));
        calls.put(
                "the build context x is a file with an archive",
                () -> REQUEST.buildContext("x", new ContextPlace.Input(Path.of("x"))));
        calls.put("there is no entitlement 'x'", () -> REQUEST.allow("network.host", "x"));
        calls.forEach((message, call) -> assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message));
        assertThatCode(() -> REQUEST.allow("network.host", "security.insecure", "device", "device=a.com/b=c"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsMissingIsNamed() {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("context is null", () -> BuildRequest.of(null));
        calls.put("address is null", () -> BuildRequest.ofUrl(null));
        calls.put("file is null", () -> REQUEST.dockerfile(null));
        calls.put("url is null", () -> REQUEST.dockerfileUrl(null));
        calls.put("text is null", () -> REQUEST.dockerfileText((byte[]) null));
        calls.put("stage is null", () -> REQUEST.target(null));
        calls.put("platform is null", () -> REQUEST.platforms("linux/amd64", null));
        calls.put("host is null", () -> REQUEST.extraHost(null, "::1"));
        calls.put("ip is null", () -> REQUEST.extraHost("host", null));
        calls.put("limit is null", () -> REQUEST.ulimit(null));
        calls.put("value is null", () -> REQUEST.resource("memory", null));
        calls.put("mode is null", () -> REQUEST.network(null));
        calls.put("parent is null", () -> REQUEST.cgroupParent(null));
        calls.put("name is null", () -> REQUEST.allow((String) null));
        calls.put("output is null", () -> REQUEST.output(null));
        calls.put("platform is null", () -> REQUEST.buildArg(null, "A", "x"));
        calls.put("values is null", () -> REQUEST.buildArgs(null));
        calls.put("value is null", () -> REQUEST.labels(singletonMap("a", null)));
        calls.put("sources is null", () -> REQUEST.secrets(null));
        calls.put("sockets is null", () -> REQUEST.sshAgents(null));
        calls.put("places is null", () -> REQUEST.buildContexts(null));
        calls.put("files is null", () -> BuildRequest.ofFiles((Map<String, byte[]>) null));
        calls.put("beside is null", () -> REQUEST.dockerfileResource(null, "x"));
        calls.put("limit is null", () -> REQUEST.timeout(null));
        calls.forEach((message, call) -> assertThatThrownBy(call)
                .as(message)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(message));
    }

    private static BuildRequest full(SecretSource secret, OutputStream stream) {
        return BuildRequest.of(Path.of("app"))
                .dockerfile(Path.of("app.Dockerfile"))
                .target("final")
                .platforms(List.of("linux/amd64", "linux/arm64"))
                .buildArgs(Map.of("VERSION", "1.4.0"))
                .buildArg("linux/arm64", "JOBS", "2")
                .labels(Map.of("team", "x"))
                .buildContexts(Map.of("other", ContextPlace.files(ContextFiles.EMPTY.text("a", "b"))))
                .output(Output.ociArchive(stream))
                .noCacheFilter("build")
                .pull()
                .secrets(Map.of("token", secret))
                .sshAgents(Map.of("default", Path.of("agent")))
                .extraHost("host", "10.0.0.1")
                .ulimit("nofile=1024")
                .resource("memory", "1g")
                .device("vendor.com/class=name", true)
                .shmSize(1024)
                .network("host")
                .cgroupParent("builds")
                .allow("security.insecure")
                .wrongArchitecture(WrongArchitecture.ERROR)
                .withoutPlatformChecks()
                .timeout(Duration.ofMinutes(5));
    }

    @Test
    void whatWasSaidCanBeRead() {
        SecretSource secret = SecretSource.text("s3cret");
        BuildRequest request = full(secret, new ByteArrayOutputStream());
        assertThat(request.context()).isEqualTo(ContextPlace.folder(Path.of("app")));
        assertThat(request.dockerfile()).contains(new DockerfilePlace.File(Path.of("app.Dockerfile")));
        assertThat(request.target()).contains("final");
        assertThat(request.platforms()).extracting(Platform::format).containsExactly("linux/amd64", "linux/arm64");
        assertThat(request.buildArgs()).containsExactly(Map.entry("VERSION", "1.4.0"));
        assertThat(request.platformBuildArgs()).containsExactly(Map.entry("linux/arm64", Map.of("JOBS", "2")));
        assertThat(request.labels()).containsExactly(Map.entry("team", "x"));
        assertThat(request.buildContexts()).containsOnlyKeys("other");
        assertThat(request.outputs()).extracting(Output::type).containsExactly("oci");
        assertThat(request.noCacheStages()).containsExactly("build");
        assertThat(request.pullPolicy()).isEqualTo(PullPolicy.ALWAYS);
        assertThat(request.isNoCache()).isFalse();
        assertThat(request.secrets()).containsExactly(Map.entry("token", secret));
        assertThat(request.sshAgents()).containsExactly(Map.entry("default", Path.of("agent")));
        assertThat(request.extraHosts()).containsExactly(new HostIp("host", "10.0.0.1"));
        assertThat(request.ulimits()).hasSize(1);
        assertThat(request.resources()).hasSize(1);
        assertThat(request.devices()).hasSize(1);
        assertThat(request.shmSize()).isEqualTo(1024);
        assertThat(request.network()).isEqualTo(NetworkMode.HOST);
        assertThat(request.cgroupParent()).isEqualTo("builds");
        assertThat(request.entitlements()).containsExactly("security.insecure");
        assertThat(request.wrongArchitecture()).isEqualTo(WrongArchitecture.ERROR);
        assertThat(request.hasPlatformChecks()).isFalse();
        assertThat(request.timeout()).contains(Duration.ofMinutes(5));
    }

    @Test
    void whatIsReadCannotBeChanged() {
        assertThatThrownBy(() -> REQUEST.buildArg("A", "x").buildArgs().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> full(SecretSource.text("x"), new ByteArrayOutputStream())
                        .platformBuildArgs()
                        .get("linux/arm64")
                        .clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void requestsThatSayTheSameAreEqual() {
        SecretSource secret = SecretSource.text("s3cret");
        OutputStream stream = new ByteArrayOutputStream();
        assertThat(full(secret, stream))
                .isEqualTo(full(secret, stream))
                .hasSameHashCodeAs(full(secret, stream))
                .isNotEqualTo(full(SecretSource.text("s3cret"), stream))
                .isNotEqualTo(full(secret, new ByteArrayOutputStream()))
                .isNotEqualTo(full(secret, stream).buildArg("linux/arm64", "JOBS", "3"));
        assertThat(REQUEST.shmSize(0).network("default")).as("the usual, said").isEqualTo(REQUEST);
        assertThat(BuildRequest.ofFiles(Map.of("a", new byte[] {1})))
                .isEqualTo(BuildRequest.ofFiles(Map.of("a", new byte[] {1})))
                .isNotEqualTo(BuildRequest.ofFiles(Map.of("a", new byte[] {2})));
    }

    @Test
    void mapsAddToWhatIsThereAndKeepItsOrder() {
        BuildRequest request = REQUEST.buildArg("B", "1").buildArg("A", "1").buildArgs(Map.of("B", "2", "C", "3"));
        assertThat(request.buildArgs()).containsExactly(Map.entry("B", "2"), Map.entry("A", "1"), Map.entry("C", "3"));
    }

    @Test
    void severalAtOnceAreTheSameAsOneAfterTheOther() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("b", "10.0.0.2");
        values.put("a", "10.0.0.1");
        assertThat(REQUEST.extraHosts(values))
                .isEqualTo(REQUEST.extraHost("b", "10.0.0.2").extraHost("a", "10.0.0.1"));
        assertThat(REQUEST.resources(Map.of("memory", "512m", "cpu-quota", "50000")))
                .isEqualTo(REQUEST.resource("cpu-quota", "50000").resource("memory", "512m"));
        Output archive = Output.ociArchive(Path.of("a.tar"));
        Output folder = Output.localDirectory(Path.of("files"));
        assertThat(REQUEST.outputs(List.of(archive, folder)))
                .isEqualTo(REQUEST.output(archive).output(folder));
        assertThat(REQUEST.buildArgs("linux/arm64", Map.of("A", "1", "B", "2")))
                .isEqualTo(REQUEST.buildArg("linux/arm64", "A", "1").buildArg("linux/arm64", "B", "2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REQUEST.buildArgs("linux/arm64", Map.of("BUILDKIT_MULTI_PLATFORM", "1")));
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.extraHosts(Map.of("a", "nowhere")));
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.resources(Map.of("memory", "much")));
    }

    @Test
    void aRequestIsShownWithoutWhatIsSecret() {
        BuildRequest request = BuildRequest.ofUrl("https://me:pass@host/app.git")
                .dockerfileUrl("https://me:pass@host/Dockerfile")
                .buildArg("TOKEN", "s3cret")
                .secret("key", SecretSource.text("s3cret"))
                .platforms("linux/amd64");
        assertThat(request)
                .hasToString("BuildRequest[context=https://xxxxx:xxxxx@host/app.git, buildArgs=[TOKEN],"
                        + " dockerfile=https://xxxxx:xxxxx@host/Dockerfile, platforms=[linux/amd64], secrets=[key]]");
    }
}
