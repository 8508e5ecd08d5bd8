package dev.slipway.local.file;

import static dev.slipway.local.TestBuild.base;
import static dev.slipway.local.TestBuild.copy;
import static dev.slipway.local.TestBuild.file;
import static dev.slipway.local.TestBuild.local;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import dev.slipway.executor.image.FileEntry;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.FileAction.Copy;
import dev.slipway.llb.FileAction.Owner;
import dev.slipway.llb.FileAction.UserId;
import dev.slipway.llb.FileAction.UserName;
import dev.slipway.llb.FileAction.UserReference;
import dev.slipway.llb.Vertex;
import dev.slipway.local.TestBuild;
import dev.slipway.local.TestCopy;
import dev.slipway.local.TestImage;
import dev.slipway.oci.posix.Posix;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What COPY does with files, folders, links, owners and modes. */
class CopyTest {

    @TempDir
    Path folder;

    private TestBuild build;

    @BeforeEach
    void open() throws IOException {
        build = new TestBuild(folder);
    }

    @AfterEach
    void close() {
        build.close();
    }

    @Test
    void aWildcardStandsForPartOfAName() throws Exception {
        build.put("a1.txt", "1").put("a2.txt", "2").put("b1.txt", "3").put("sub/a3.txt", "4");

        assertThat(build.list(onNothing(copy("/a*.txt", "/d/"))))
                .containsExactly("d/ 755", "d/a1.txt 644 1", "d/a2.txt 644 2");
        assertThat(build.list(onNothing(copy("/[ab]1.txt", "/")))).containsExactly("a1.txt 644 1", "b1.txt 644 3");
        assertThat(build.list(onNothing(copy("/*/a?.txt", "/")))).containsExactly("a3.txt 644 4");
    }

    @Test
    void foldersThatAWildcardFindsLoseTheirNames() throws Exception {
        build.put("one/a", "1").put("two/b", "2");

        assertThat(build.list(onNothing(copy("/*", "/d/")))).containsExactly("d/ 755", "d/a 644 1", "d/b 644 2");
    }

    @Test
    void aWildcardMayFindNothing() throws Exception {
        build.put("a", "1");
        TestCopy strict = new TestCopy("/x*", "/d/");
        strict.allowEmptyWildcard = false;

        assertThat(build.list(onNothing(copy("/x*", "/d/")))).isEmpty();
        assertThatThrownBy(() -> build.list(onNothing(strict.build())))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("/x* not found; ");
    }

    @Test
    void aNameThatLooksLikeAPatternIsTakenAsItIsIfAsked() throws Exception {
        build.put("[a]*", "1").put("a", "2");
        TestCopy literal = new TestCopy("/[a]*", "/");
        literal.allowWildcard = false;

        assertThat(build.list(onNothing(literal.build()))).containsExactly("[a]* 644 1");
    }

    @Test
    void aMissingSourceIsNamed() {
        assertThatThrownBy(() -> build.list(onNothing(copy("/no/such", "/"))))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("\"/no/such\": not found; ");
    }

    @Test
    void aLinkThatLeadsNowhereIsCopiedWithItsParents() throws Exception {
        build.put("src/file", "1");
        Files.createSymbolicLink(build.context.resolve("src/lost"), Path.of("none"));
        TestCopy parents = new TestCopy("/", "/");
        parents.include = List.of("src/lost");
        parents.required = List.of("/src/lost");

        assertThat(build.list(onNothing(parents.build()))).containsExactly("src/ 755", "src/lost -> none");
    }

    @Test
    void patternsKeepParentsAndLeaveFilesOut() throws Exception {
        build.put("src/a/keep.c", "1")
                .put("src/a/drop.o", "2")
                .put("src/b/drop.o", "3")
                .put("top.c", "4");
        TestCopy parents = new TestCopy("/", "/d");
        parents.include = List.of("src/*/*.c");
        TestCopy without = new TestCopy("/", "/d");
        without.exclude = List.of("**/*.o", "top.c");

        assertThat(build.list(onNothing(parents.build())))
                .containsExactly("d/ 755", "d/src/ 755", "d/src/a/ 755", "d/src/a/keep.c 644 1");
        assertThat(build.list(onNothing(without.build())))
                .containsExactly("d/ 755", "d/src/ 755", "d/src/a/ 755", "d/src/a/keep.c 644 1", "d/src/b/ 755");
    }

    @Test
    void ownersAreNamesOfTheRootOrNumbers() throws Exception {
        users();
        build.put("f", "1");

        assertThat(copyWithOwner(user("www"), user("users"))).contains("f 644 33:100 1");
        assertThat(copyWithOwner(user("www"), Optional.empty())).contains("f 644 33:33 1");
        assertThat(copyWithOwner(Optional.of(new UserId(7)), Optional.of(new UserId(8))))
                .contains("f 644 7:8 1");
    }

    @Test
    void anUnknownOwnerIsRoot() throws Exception {
        users();
        build.put("f", "1");

        assertThat(copyWithOwner(user("nobody-here"), Optional.empty())).contains("f 644 1");
    }

    /** -1 in 32 bits is what chown takes for nobody. */
    @Test
    void anOwnerOfMinusOneIsWhoeverItBelongedToBefore() throws Exception {
        new TestImage()
                .layer()
                .add(FileEntry.directory("d", 0755).withOwner(5, 6))
                .add(FileEntry.directory("d/sub", 0755).withOwner(7, 8))
                .write(build.layout);
        build.put("src/sub/f", "1").put("f", "1");
        Optional<UserReference> nobody = Optional.of(new UserId(-1));

        assertThat(copyWithOwner(nobody, nobody)).containsExactly("f 644 1");
        assertThat(copyWithOwner(nobody, Optional.empty())).containsExactly("f 644 1");
        assertThat(copyWithOwner(Optional.of(new UserId(1)), nobody)).containsExactly("f 644 1:0 1");
        assertThat(copyWithOwner(Optional.of(new UserId(-2)), Optional.of(new UserId(1))))
                .containsExactly("f 644 4294967294:1 1");
        TestCopy onto = new TestCopy("/src", "/d");
        onto.owner = Optional.of(new Owner(nobody, nobody));
        assertThat(build.list(onBase(onto.build()))).containsExactly("d/ 755 5:6", "d/sub/ 755 7:8", "d/sub/f 644 1");
    }

    @Test
    void aFolderThatHandsOnItsGroupDoesSo() throws Exception {
        new TestImage()
                .layer()
                .add(FileEntry.directory("d", 02775).withOwner(0, 50))
                .write(build.layout);
        build.put("f", "1");
        TestCopy toNobody = new TestCopy("/f", "/d/");
        toNobody.owner = Optional.of(new Owner(Optional.of(new UserId(-1)), Optional.empty()));

        assertThat(build.listLayer(onBase(copy("/f", "/d/x/y/"))))
                .containsExactly("d/ 2775 0:50", "d/x/ 2755 0:50", "d/x/y/ 2755 0:50", "d/x/y/f 644 1");
        assertThat(build.listLayer(onBase(toNobody.build()))).containsExactly("d/ 2775 0:50", "d/f 644 0:50 1");
    }

    @Test
    void aSocketBecomesAnEmptyFile() throws Exception {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(build.context.resolve("socket")));
            Files.setPosixFilePermissions(
                    build.context.resolve("socket"), PosixFilePermissions.fromString("rwxr-x---"));

            assertThat(build.list(onNothing(copy("/", "/")))).containsExactly("socket 750 ");
        }
    }

    @Test
    void extendedAttributesOfTheContextAreKept() throws Exception {
        build.put("d/f", "1");
        for (String path : List.of("d", "d/f")) {
            Posix.get().setXattr(build.context.resolve(path), "user.k", new byte[] {0, 1, 2});
        }

        Vertex copied = onNothing(copy("/", "/"));
        for (String path : List.of("/d", "/d/f")) {
            assertThat(build.node(copied, path).attributes().xattrs())
                    .as(path)
                    .containsExactly(Map.entry("user.k", Bytes.of(new byte[] {0, 1, 2})));
        }
    }

    @Test
    void whatIsMissingMayBeLeftOutOfTheContextAlone() throws Exception {
        new TestImage().layer().file("f", "1").write(build.layout);
        build.put("hidden", "1");
        Vertex context = local(Map.of("local.excludepatterns", "[\"hidden\"]"));

        assertThatThrownBy(() -> build.run(file(Optional.empty(), Optional.of(context), copy("/none", "/"))))
                .hasMessage("\"/none\": not found; check the name, and whether .dockerignore leaves it out");
        for (Vertex other : List.of(local(), base())) {
            assertThatThrownBy(() -> build.run(file(Optional.empty(), Optional.of(other), copy("/none", "/"))))
                    .hasMessage("\"/none\": not found; check the name");
        }
    }

    @Test
    void modesAreNumbersOrChanges() throws Exception {
        build.put("d/f", "1");
        TestCopy octal = new TestCopy("/d", "/d");
        octal.mode = 04750;
        TestCopy symbolic = new TestCopy("/d", "/d");
        symbolic.modeText = "u=rwX,go-r,g+s";

        assertThat(build.list(onNothing(octal.build()))).containsExactly("d/ 750", "d/f 4750 1");
        assertThat(build.list(onNothing(symbolic.build()))).containsExactly("d/ 755", "d/f 2600 1");
    }

    @Test
    void linksInTheSourceAreCopiedButFollowedWhenNamed() throws Exception {
        build.put("d/f", "1");
        Files.createSymbolicLink(build.context.resolve("d/l"), Path.of("f"));
        Files.createSymbolicLink(build.context.resolve("d/out"), Path.of("../../../etc/passwd"));
        Files.createSymbolicLink(build.context.resolve("link"), Path.of("d/f"));
        TestCopy unfollowed = new TestCopy("/link", "/");
        unfollowed.followSymlink = false;

        assertThat(build.list(onNothing(copy("/d", "/"))))
                .containsExactly("f 644 1", "l -> f", "out -> ../../../etc/passwd");
        assertThat(build.list(onNothing(copy("/link", "/")))).containsExactly("link 644 1");
        assertThat(build.list(onNothing(unfollowed.build()))).containsExactly("link -> d/f");
    }

    @Test
    void linksInTheDestinationStayInTheRoot() throws Exception {
        new TestImage()
                .layer()
                .folder("real", 0755)
                .add(FileEntry.symlink("link", "/real"))
                .add(FileEntry.symlink("up", "../../../real"))
                .add(FileEntry.symlink("nowhere", "/made/later"))
                .write(build.layout);
        build.put("f", "1");

        assertThat(build.listLayer(onBase(copy("/f", "/link/")))).containsExactly("real/ 755", "real/f 644 1");
        assertThat(build.listLayer(onBase(copy("/f", "/up/g")))).containsExactly("real/ 755", "real/g 644 1");
        assertThat(build.listLayer(onBase(copy("/f", "/nowhere/"))))
                .containsExactly("made/ 755", "made/later/ 755", "made/later/f 644 1");
    }

    @Test
    void namesOfOneFileStayNamesOfOneFile() throws Exception {
        build.put("d/a", "1");
        Files.createLink(build.context.resolve("d/b"), build.context.resolve("d/a"));

        assertThat(build.list(onNothing(copy("/d", "/")))).containsExactly("a 644 1", "b = a");
    }

    @Test
    void aFileDoesNotReplaceAFolderNorAFolderAFile() throws Exception {
        new TestImage()
                .layer()
                .folder("x", 0755)
                .folder("x/f", 0755)
                .file("y", "1")
                .write(build.layout);
        build.put("f", "1").put("d/f", "2");

        assertThatThrownBy(() -> build.list(onBase(copy("/d", "/x"))))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("cannot replace to directory /x/f with file; ");
        assertThatThrownBy(() -> build.list(onBase(copy("/d", "/y"))))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("cannot copy to non-directory: /y; ");
        assertThatThrownBy(() -> build.list(onBase(copy("/f", "/y/"))))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("mkdir /y: not a directory; ");
    }

    @Test
    void whatStandsInTheWayIsReplacedIfAsked() throws Exception {
        new TestImage()
                .layer()
                .folder("d", 0755)
                .file("d/f", "old")
                .file("y", "1")
                .write(build.layout);
        build.put("src/y/f", "2");
        TestCopy replacing = new TestCopy("/src", "/");
        replacing.alwaysReplace = true;

        assertThat(build.list(onBase(replacing.build())))
                .containsExactly("d/ 755", "d/f 644 old", "y/ 755", "y/f 644 2");
    }

    @Test
    void timesCanBeSet() throws Exception {
        build.put("f", "1");
        TestCopy timed = new TestCopy("/f", "/d/f");
        timed.timestamp = 1_700_000_000_123_456_789L;
        Vertex copied = onNothing(timed.build());

        assertThat(build.node(copied, "/d/f").attributes().modified())
                .isEqualTo(Instant.parse("2023-11-14T22:13:20.123456789Z"));
        assertThat(build.node(copied, "/d").attributes().modified())
                .isEqualTo(Instant.parse("2023-11-14T22:13:20.123456789Z"));
    }

    private void users() throws IOException {
        new TestImage()
                .layer()
                .file("etc/passwd", "root:x:0:0::/:\nwww:x:33:33::/:\n")
                .file("etc/group", "root:x:0:\nusers:x:100:\n")
                .write(build.layout);
    }

    private static Optional<UserReference> user(String name) {
        return Optional.of(new UserName(name, 0));
    }

    private List<String> copyWithOwner(Optional<UserReference> user, Optional<UserReference> group) throws Exception {
        TestCopy owned = new TestCopy("/f", "/");
        owned.owner = Optional.of(new Owner(user, group));
        return build.listLayer(onBase(owned.build()));
    }

    private static Vertex onNothing(Copy copy) {
        return file(Optional.empty(), Optional.of(local()), copy);
    }

    private static Vertex onBase(Copy copy) {
        return file(Optional.of(base()), Optional.of(local()), copy);
    }
}
