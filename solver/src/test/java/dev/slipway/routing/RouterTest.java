package dev.slipway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.BuildExecutor;
import dev.slipway.executor.BuildSession;
import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.PlatformSupport;
import dev.slipway.executor.UnsupportedPlatformException;
import dev.slipway.executor.VertexExecutor;
import dev.slipway.executor.VertexWork;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.Platform;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.SourceOp;
import dev.slipway.llb.Vertex;
import dev.slipway.llb.VertexMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouterTest {

    private static final Platform AMD64 = Platform.parse("linux/amd64");
    private static final Platform ARM64 = Platform.parse("linux/arm64");
    private static final Platform S390X = Platform.parse("linux/s390x");

    private static final BuildExecutor INTEL = new Machine(
            "intel", List.of(PlatformSupport.ofNative(AMD64), PlatformSupport.emulated(ARM64, "qemu-aarch64")));
    private static final BuildExecutor ARM = new Machine("arm", List.of(PlatformSupport.ofNative(ARM64)));

    @Test
    void aPlatformGoesToTheExecutorThatIsNativeForIt() {
        assertThat(Router.route(Map.of(ARM64, running(ARM64)), candidates(INTEL, ARM)))
                .containsEntry(ARM64, ARM);
    }

    @Test
    void withoutANativeOneItGoesToOneThatCanEmulateIt() {
        assertThat(Router.route(Map.of(ARM64, running(ARM64)), candidates(INTEL)))
                .containsEntry(ARM64, INTEL);
    }

    @Test
    void aProcessorRunsItsOlderVariants() {
        Definition v7 = running(Platform.parse("linux/arm/v7"));
        assertThat(Router.route(Map.of(ARM64, v7), candidates(INTEL, ARM))).containsEntry(ARM64, ARM);
    }

    @Test
    void withoutProcessesAnyExecutorWillDo() {
        Definition files = Definition.of(new Edge(
                Vertex.of(SourceOp.of("local://context", Map.of()), List.of(), Optional.empty(), VertexMetadata.EMPTY),
                0));
        assertThat(Router.route(Map.of(S390X, files), candidates(INTEL))).containsEntry(S390X, INTEL);
    }

    @Test
    void aPlatformThatNobodyRunsIsRefusedWithWhatWouldHelp() {
        assertThatThrownBy(() -> Router.route(Map.of(S390X, running(S390X)), candidates(INTEL)))
                .isInstanceOf(UnsupportedPlatformException.class)
                .hasMessage("no executor can run this step, which needs linux/s390x: executor intel runs linux/amd64,"
                        + " linux/arm64 (emulated by qemu-aarch64); install an emulator (slipway emulators install all"
                        + " --from tonistiigi/binfmt, or on Debian and Ubuntu apt-get install qemu-user-static) or build the stage with FROM --platform=$BUILDPLATFORM and"
                        + " cross-compile");
    }

    @Test
    void aSystemThatNobodyRunsNeedsAnotherMachine() {
        Platform windows = Platform.parse("windows/amd64");
        assertThatThrownBy(() -> Router.route(Map.of(windows, running(windows)), candidates(INTEL)))
                .isInstanceOf(UnsupportedPlatformException.class)
                .hasMessage("no executor can run this step, which needs windows/amd64: executor intel runs linux/amd64,"
                        + " linux/arm64 (emulated by qemu-aarch64); processes for windows do not run on other systems:"
                        + " build in a machine of that system, such as a virtual one or WSL, or without RUN: all other instructions"
                        + " work here");
    }

    @Test
    void anExecutorThatIsForOtherPlatformsIsNotChosen() {
        Candidate onlyArm = new Candidate(INTEL, List.of(ARM64));
        Candidate onlyIntel = new Candidate(ARM, List.of(AMD64));
        assertThat(Router.route(Map.of(ARM64, running(ARM64)), List.of(onlyIntel, onlyArm)))
                .containsEntry(ARM64, INTEL);
        assertThatThrownBy(() -> Router.route(Map.of(ARM64, running(ARM64)), List.of(onlyIntel)))
                .isInstanceOf(ExecutorException.class)
                .hasMessage("no executor may build images for linux/arm64; give the platform to one of them");
    }

    private static List<Candidate> candidates(BuildExecutor... executors) {
        return Stream.of(executors).map(Candidate::of).toList();
    }

    private static Definition running(Platform platform) {
        ProcessMeta meta = new ProcessMeta(
                List.of("true"), List.of(), "/", "", Optional.empty(), List.of(), "", List.of(), "", true, List.of());
        ExecOp op = new ExecOp(
                meta,
                List.of(Mount.of(Op.NONE, "", "/", 0, false, new Mount.Bind())),
                ExecOp.NetworkMode.UNSET,
                ExecOp.SecurityMode.SANDBOX,
                List.of(),
                List.of());
        return Definition.of(
                new Edge(Vertex.of(op, List.of(), Optional.of(platform), VertexMetadata.named("RUN true")), 0));
    }

    private record Machine(String name, List<PlatformSupport> platforms) implements VertexExecutor {

        @Override
        public VertexWork begin(BuildSession session) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
