package dev.slipway.frontend.mount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.ExecOp.SecretEnvironment;
import dev.slipway.llb.FileAction.MakeDirectory;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Mount.Cache.Sharing;
import dev.slipway.llb.Mount.SessionFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mounts of RUN (frontend notes 3.4, 6.6). */
class RunMountTest {

    private static Converted mounting(String options) {
        return Converted.of("FROM alpine AS base\nWORKDIR /w\nARG A=arg\nRUN --mount=" + options + " x\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target=/b            | /b      | ''      | true
            target=b             | /w/b    | ''      | true
            dst=/b/              | /b/     | ''      | true
            destination=../b     | /b      | ''      | true
            target=$A            | /w/arg  | ''      | true
            target=/b,src=s/../t | /b      | /t      | true
            target=/b,source=/   | /b      | ''      | true
            target=/b,rw         | /b      | ''      | false
            target=/b,ro=0       | /b      | ''      | false
            target=/b,rw=false   | /b      | ''      | true
            TARGET=/b            | /b      | ''      | true
            """)
    void aBindMountIsReadUnlessItSaysOtherwise(String options, String target, String selector, boolean readOnly) {
        Mount mount = mounting(options).mount();
        assertThat(mount.destination()).isEqualTo(target);
        assertThat(mount.selector()).isEqualTo(selector);
        assertThat(mount.readOnly()).isEqualTo(readOnly);
        assertThat(mount.output()).isEqualTo(-1);
        assertThat(mount.kind()).isEqualTo(new Mount.Bind());
    }

    @Test
    void aMountWithoutAStageNarrowsTheContext() {
        assertThat(mounting("target=/b,source=s").followedPaths()).isEqualTo("[\"s\"]");
        assertThat(mounting("target=/b").followedPaths()).isNull();
    }

    @Test
    void aMountTakesAStageByNameAndAnythingElseForAnImage() {
        Converted stage = Converted.of("FROM busybox AS tools\nFROM alpine\nRUN --mount=from=TOOLS,target=/t x\n");
        assertThat(stage.names()).anyMatch(name -> name.contains("busybox"));
        Converted image = Converted.of("FROM busybox AS tools\nFROM alpine\nRUN --mount=from=0,target=/t x\n");
        assertThat(image.names()).contains("FROM docker.io/library/0:latest");
    }

    @Test
    void mountsStandInTheOrderOfTheirTargets() {
        Converted converted = Converted.of("FROM alpine\nRUN --mount=target=/z --mount=type=cache,target=/a"
                + " --mount=type=secret,id=s --mount=type=tmpfs,target=/m x\n");
        assertThat(converted.exec().mounts())
                .extracting(Mount::destination)
                .containsExactly("/", "/a", "/m", "/z", "/run/secrets/s");
        assertThat(converted.exec().mounts()).extracting(Mount::input).containsExactly(0, -1, -1, 1, -1);
        assertThat(converted.exec().mounts()).extracting(Mount::output).containsExactly(0, -1, -1, -1, 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target=/c                        | //c    | SHARED
            target=rel/../c                  | /c     | SHARED
            target=/c,id=x                   | /x     | SHARED
            target=/c,id=$A                  | /arg   | SHARED
            target=/c,sharing=locked         | //c    | LOCKED
            target=/c,sharing=Private        | //c    | PRIVATE
            """)
    void aCacheIsNamedByItsIdOrByItsTargetAsWritten(String options, String id, Sharing sharing) {
        Mount mount = mounting("type=cache," + options).mount();
        assertThat(mount.kind()).isEqualTo(new Mount.Cache(id, sharing));
        assertThat(mount.readOnly()).isFalse();
        assertThat(mount.input()).isEqualTo(-1);
    }

    @Test
    void cachesCanHaveANamespace() {
        Converted converted = Converted.of(
                "FROM alpine\nRUN --mount=type=cache,target=/c x\n",
                request -> request.buildArg("BUILDKIT_CACHE_MOUNT_NS", "ns"));
        assertThat(converted.mount().kind()).isEqualTo(new Mount.Cache("ns//c", Sharing.SHARED));
    }

    @Test
    void aCacheWithAnOwnerStartsFromAFolderOfThatOwner() {
        Converted converted = mounting("type=cache,target=/c,uid=1000,mode=0700");
        assertThat(converted.mount().selector()).isEqualTo("/cache");
        assertThat(converted.names()).contains("[internal] setting cache mount permissions");
        MakeDirectory folder = converted
                .actions()
                .map(action -> action.command())
                .filter(MakeDirectory.class::isInstance)
                .map(MakeDirectory.class::cast)
                .filter(command -> command.path().equals("/cache"))
                .findFirst()
                .orElseThrow();
        assertThat(folder.mode()).isEqualTo(0700);
        assertThat(folder.makeParents()).isFalse();
        assertThat(folder.owner()).contains(new Owner(Optional.of(new UserId(1000)), Optional.of(new UserId(0))));
        assertThat(mounting("type=cache,target=/c,uid=1000,source=s").mount().selector())
                .isEqualTo("/s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            target=/t              | 0
            target=/t,size=128m    | 134217728
            target=/t,size=1.5k    | 1536
            target=/t,size=2GiB    | 2147483648
            """)
    void aFolderInMemoryHasASizeInBinaryUnits(String options, long size) {
        assertThat(mounting("type=tmpfs," + options).mount().kind()).isEqualTo(new Mount.Tmpfs(size));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            id=s                         | s | /run/secrets/s     | 256 | true
            source=a/s                   | a/s | /run/secrets/s   | 256 | true
            target=/etc/s                | s | /etc/s             | 256 | true
            id=s,target=/etc/x           | s | /etc/x             | 256 | true
            id=s,required                | s | /run/secrets/s     | 256 | false
            id=s,required=false          | s | /run/secrets/s     | 256 | true
            id=s,mode=0644               | s | /run/secrets/s     | 420 | true
            """)
    void aSecretIsAFileWhereAndAsItIsWanted(String options, String id, String target, int mode, boolean optional) {
        Mount mount = mounting("type=secret," + options).mount();
        assertThat(mount.destination()).isEqualTo(target);
        assertThat(mount.kind()).isEqualTo(new Mount.Secret(new SessionFile(id, 0, 0, mode, optional)));
        assertThat(mount.output()).isZero();
    }

    @Test
    void aSecretCanBeAVariable() {
        Converted variable = mounting("type=secret,id=s,env=TOKEN");
        assertThat(variable.exec().secretEnvironment()).containsExactly(new SecretEnvironment("s", "TOKEN", true));
        assertThat(variable.exec().mounts()).hasSize(1);
        Converted both = mounting("type=secret,id=s,env=TOKEN,target=/t");
        assertThat(both.exec().secretEnvironment()).hasSize(1);
        assertThat(both.mount().destination()).isEqualTo("/t");
        assertThat(mounting("type=secret,id=s,env=").exec().secretEnvironment())
                .containsExactly(new SecretEnvironment("s", "", true));
    }

    @Test
    void aSecretIsNotShown() {
        Converted converted = Converted.of("FROM alpine\nENV T=1\nRUN --mount=type=secret,id=s,env=T echo \"$T\" $U\n");
        assertThat(converted.names())
                .last()
                .isEqualTo("[stage-0 2/2] RUN --mount=type=secret,id=s,env=T echo \"****\" $U");
    }

    @Test
    void agentsAreNumberedAmongThemselves() {
        Converted converted =
                Converted.of("FROM alpine\nRUN --mount=type=ssh --mount=type=secret,id=s --mount=type=ssh,id=x x\n");
        assertThat(converted.exec().mounts())
                .extracting(Mount::destination)
                .containsExactly("/", "/run/secrets/s", "/run/buildkit/ssh_agent.0", "/run/buildkit/ssh_agent.1");
        assertThat(converted.exec().mounts().get(2).kind())
                .isEqualTo(new Mount.Ssh(new SessionFile("", 0, 0, 0600, true)));
        assertThat(converted.environment()).last().isEqualTo("SSH_AUTH_SOCK=/run/buildkit/ssh_agent.0");
    }

    @Test
    void aSocketThatIsSetAlreadyStays() {
        Converted converted = Converted.of("FROM alpine\nENV SSH_AUTH_SOCK=/mine\nRUN --mount=type=ssh,target=/s x\n");
        assertThat(converted.environment()).containsExactly(Converted.DEFAULT_PATH, "SSH_AUTH_SOCK=/mine");
        assertThat(converted.mount().destination()).isEqualTo("/s");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type=tmp,target=/x              | unsupported mount type "tmp" (did you mean tmpfs?)
            typ=tmpfs,target=/x             | unexpected key 'typ' in 'typ=tmpfs' (did you mean type?)
            target                          | invalid field 'target' must be a key=value pair
            type=tmpfs,target=/             | invalid mount target "/"
            size=1g,type=tmpfs,target=/x    | unexpected key 'size' for mount type 'bind'
            required,type=secret,id=s       | unexpected key 'required' for mount type 'bind'
            target=/x,mode=0700             | mode not allowed for "bind" type mounts
            target=/x,uid=1                 | uid not allowed for "bind" type mounts
            target=/x,ro=maybe              | invalid value for ro: maybe
            type=cache,target=/x,mode=9     | invalid value 9 for mode
            type=cache,target=/x,uid=-1     | invalid value -1 for uid
            type=cache,sharing=loked        | unsupported sharing value "loked" (did you mean locked?)
            target=/x,sharing=locked        | invalid cache sharing set for bind mount
            type=tmpfs,target=/x,size=y     | invalid value for size: y
            type=secret                     | invalid secret mount. one of source, target required
            type=secret,id=a,source=b       | both source and id can't be set
            type=secret,id=a,from=b         | secret mount should not have a from
            type=secret,id=a,sharing=shared | secret mount should not define sharing
            type=ssh,source=x               | ssh does not support source
            """)
    void aMountThatMakesNoSenseIsRefused(String options, String message) {
        assertThat(Converted.failure("FROM alpine\nRUN --mount=" + options + " x\n"))
                .isEqualTo(message);
    }

    @Test
    void aStageIsNotReadBeforeItIsThere() {
        assertThat(Converted.failure(
                        "FROM alpine\nRUN --mount=from=b,target=/x y\nFROM alpine AS b\nFROM stage\n", request -> {}))
                .isEqualTo("no failure");
        assertThat(Converted.failure(
                        "FROM alpine AS a\nRUN --mount=from=b,target=/x y\nFROM alpine AS b\n",
                        request -> request.target("a")))
                .isEqualTo("cannot mount from stage \"b\" to \"/x\", stage needs to be defined before current command");
    }

    @Test
    void theStageOfAMountIsNoVariable() {
        assertThat(Converted.failure("FROM alpine\nRUN --mount=from=$X,target=/x y\n"))
                .endsWith("'from' doesn't support variable expansion, define alias stage instead");
    }

    @Test
    void mountsOfTheSameRootShareAnInput() {
        Converted converted = Converted.of("FROM alpine AS a\nFROM a\nRUN --mount=from=a,target=/x y\n");
        assertThat(converted.exec().mounts()).extracting(Mount::input).isEqualTo(List.of(0, 0));
    }
}
