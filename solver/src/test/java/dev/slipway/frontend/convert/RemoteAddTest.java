package dev.slipway.frontend.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.frontend.Converted;
import dev.slipway.llb.FileAction.Copy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ADD of URLs and git repositories (frontend notes 3.5, 6.4). */
class RemoteAddTest {

    private static final String CHECKSUM = "sha256:" + "0".repeat(64);

    private static Converted add(String rest) {
        return Converted.of("FROM alpine\nADD " + rest + "\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://h/dir/file.tgz       | file.tgz
            https://h/dir/file?v=1       | file
            https://h/a%20b#frag         | a b
            https://h/dir/               | dir
            https://h/                   | __unnamed__
            https://h                    | __unnamed__
            http://h/x?y=/z              | x
            https://h/%zz                | __unnamed__
            """)
    void aFileIsNamedByTheEndOfItsPath(String url, String name) {
        Converted converted = add(url + " /d/");
        assertThat(converted.sources().get(url)).containsEntry("http.filename", name);
        assertThat(converted.copy().source()).isEqualTo("/" + name);
    }

    @Test
    void aFileIsUnpackedOnlyIfAskedFor() {
        Copy copy = add("https://h/x.tar /d/").copy();
        assertThat(copy.attemptUnpack()).isFalse();
        assertThat(copy.allowWildcard()).isFalse();
        assertThat(copy.followSymlink()).isFalse();
        assertThat(copy.createDestinationPath()).isTrue();
        assertThat(add("--unpack https://h/x.tar /d/").copy().attemptUnpack()).isTrue();
    }

    @Test
    void aFileCanHaveAChecksum() {
        Converted converted = Converted.of("FROM alpine\nENV C=" + CHECKSUM + "\nADD --checksum=$C https://h/x /\n");
        assertThat(converted.sources().get("https://h/x")).containsEntry("http.checksum", CHECKSUM);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://h/r.git               | git://h/r.git           | https://h/r.git
            https://u:p@h/r.git#main      | git://h/r.git#main      | https://u:p@h/r.git
            https://h/r.git#main:a/b      | git://h/r.git#main:a/b  | https://h/r.git
            https://h/r.git#:a            | git://h/r.git#:a        | https://h/r.git
            https://h/r.git?tag=v1        | git://h/r.git#refs/tags/v1 | https://h/r.git
            https://h/r.git?branch=b&subdir=s | git://h/r.git#refs/heads/b:s | https://h/r.git
            git://h/r#x                   | git://h/r#x             | git://h/r
            git@h:o/r.git                 | git://h/o/r.git         | git@h:o/r.git
            ssh://git@h/r.git             | git://h/r.git           | ssh://git@h/r.git
            """)
    void aRepositoryIsIdentifiedByHostPathAndRef(String address, String identifier, String url) {
        Map<String, String> attributes = add(address + " /d").sources().get(identifier);
        assertThat(attributes)
                .containsEntry("git.fullurl", url)
                .containsEntry("git.authtokensecret", "GIT_AUTH_TOKEN")
                .containsEntry("git.authheadersecret", "GIT_AUTH_HEADER");
        assertThat(attributes.containsKey("git.mountsshsock")).isEqualTo(url.contains("git@"));
    }

    @Test
    void flagsAndQueriesOfRepositoriesAreAttributes() {
        assertThat(add("--keep-git-dir --checksum=abc https://h/r.git /")
                        .sources()
                        .get("git://h/r.git"))
                .containsEntry("git.keepgitdir", "true")
                .containsEntry("git.checksum", "abc");
        assertThat(add("https://h/r.git?keep-git-dir=1&commit=abc&submodules=false&mtime=commit&fetch-by-commit /")
                        .sources()
                        .get("git://h/r.git"))
                .containsEntry("git.keepgitdir", "true")
                .containsEntry("git.checksum", "abc")
                .containsEntry("git.skipsubmodules", "true")
                .containsEntry("git.fetchbycommit", "true")
                .doesNotContainKey("git.mtime");
    }

    @Test
    void allFilesOfARepositoryAreCopied() {
        Copy copy = add("--chown=1:2 --exclude=x https://h/r.git d").copy();
        assertThat(copy.source()).isEqualTo("/");
        assertThat(copy.destination()).isEqualTo("/d");
        assertThat(copy.owner()).isPresent();
        assertThat(copy.excludePatterns()).containsExactly("x");
        assertThat(copy.directoryContents()).isFalse();
    }

    @Test
    void whatLooksLikeAPathIsOne() {
        Converted converted = add("github.com/moby/buildkit /");
        assertThat(converted.copy().source()).isEqualTo("/github.com/moby/buildkit");
    }

    @Test
    void addressesWithoutASchemeNarrowTheContextLikePaths() {
        assertThat(add("git@h:r.git a /d/").followedPaths()).isEqualTo("[\"a\",\"git@h:r.git\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --checksum=x a /                               | checksum requires HTTP(S) or Git sources
            --checksum=x https://h/a https://h/b /         | checksum can't be specified for multiple sources
            --checksum=x https://h/a /                     | invalid checksum digest format
            --checksum=md5:00 https://h/a /                | unsupported digest algorithm
            --checksum=sha256:00 https://h/a /             | invalid checksum digest length
            --checksum=a https://h/r.git?commit=b /        | checksum mismatch "a" != "b"
            --keep-git-dir=false https://h/r.git?keep-git-dir=1 / | inconsistent keep-git-dir configuration
            https://h/r.git?x=1 /                          | unexpected query "x"
            https://h/r.git?ref=a&ref=b /                  | query "ref" has multiple values
            https://h/r.git?ref= /                         | query "ref" has no value
            https://h/r.git?ref=a#b /                      | ref conflicts: "b" vs "a"
            https://h/r.git?tag=a&branch=b /               | branch conflicts with tag
            https://h/r.git?submodules=maybe /             | invalid submodules value: "maybe"
            https://h/r.git?commit=a https://h/s.git?commit=b / | checksum mismatch "a" != "b"
            """)
    void anAddThatMakesNoSenseIsRefused(String rest, String message) {
        assertThat(Converted.failure("FROM alpine\nADD " + rest + "\n")).isEqualTo(message);
    }

    @Test
    void aDownloadIsNamedAfterItsStep() {
        assertThat(add("https://h/x /d/").names())
                .containsExactly(
                        "[1/2] FROM docker.io/library/alpine:latest",
                        "[2/2] ADD https://h/x /d/",
                        "[2/2] ADD https://h/x /d/");
    }
}
