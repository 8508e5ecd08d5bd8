package dev.slipway.frontend.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitReferenceTest {

    @TestFactory
    Stream<DynamicTest> theReferenceReadsTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode json : ReferenceFolder.json("vectors/git-references.json")) {
            String text = json.path("in").asText();
            tests.add(DynamicTest.dynamicTest(text, () -> check(text, json)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void check(String text, JsonNode expected) {
        if (!expected.path("isGit").asBoolean()) {
            assertThat(GitReference.parse(text)).isEmpty();
            return;
        }
        if (expected.has("error")) {
            assertThatThrownBy(() -> GitReference.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(expected.path("error").asText());
            return;
        }
        GitReference reference = GitReference.parse(text).orElseThrow();
        JsonNode ref = expected.path("ref");
        assertThat(reference.remote()).isEqualTo(ref.path("Remote").asText());
        assertThat(reference.shortName()).isEqualTo(ref.path("ShortName").asText());
        assertThat(reference.ref()).isEqualTo(ref.path("Ref").asText());
        assertThat(reference.checksum()).isEqualTo(ref.path("Checksum").asText());
        assertThat(reference.subdirectory()).isEqualTo(ref.path("SubDir").asText());
        assertThat(reference.looksLocal())
                .isEqualTo(ref.path("IndistinguishableFromLocal").asBoolean());
        assertThat(reference.unencrypted()).isEqualTo(ref.path("UnencryptedTCP").asBoolean());
        assertThat(reference.keepGitDirectory()).isEqualTo(flag(ref.path("KeepGitDir")));
        assertThat(reference.submodules()).isEqualTo(flag(ref.path("Submodules")));
        assertThat(reference.fileTime()).isEqualTo(ref.path("MTime").asText());
        assertThat(reference.fetchByCommit())
                .isEqualTo(ref.path("FetchByCommit").asBoolean());
    }

    private static Optional<Boolean> flag(JsonNode json) {
        return json.isBoolean() ? Optional.of(json.asBoolean()) : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@host:8443/a//b/../c.git, git://host:8443/a/c.git, https://user:secret@host:8443/a//b/../c.git",
        "git@github.com:a/b.git#v1:sub, git://github.com/a/b.git#v1:sub, git@github.com:a/b.git",
        "ssh://git@host/x.git?subdir=s, git://host/x.git#:s, ssh://git@host/x.git",
        "github.com/a/b#main, git://github.com/a/b#main, https://github.com/a/b",
        "HTTPS://host/a%20b.git, git://host/a b.git, https://host/a%20b.git",
        "https://host/a b.git, git://host/a b.git, https://host/a%20b.git",
        "https://host/x.git#r:/a/../b/, git://host/x.git#r:b, https://host/x.git",
        "git@host:x.git?branch=b#:d, git://host/x.git#refs/heads/b:d, git@host:x.git"
    })
    void theIdentifierIsTheSameForEveryProtocol(String text, String identifier, String fullUrl) {
        GitReference reference = GitReference.parse(text).orElseThrow();
        assertThat(reference.identifier()).isEqualTo(identifier);
        assertThat(reference.fullUrl()).isEqualTo(fullUrl);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://h/x.git?ref=|query \"ref\" has no value",
                "https://h/x.git?tag=a&tag=b|query \"tag\" has multiple values",
                "https://h/x.git?tag=a&branch=b|branch conflicts with tag",
                "https://h/x.git?subdir=a#:b|subdir conflicts: \"b\" vs \"a\"",
                "https://h/x.git?tag=v1#v2|ref conflicts: \"v2\" vs \"refs/tags/v1\"",
                "https://h/x.git?submodules=maybe|invalid submodules value: \"maybe\"",
                "https://h/x.git?mtime=now|invalid mtime value: \"now\" (must be \"checkout\" or \"commit\")",
                "git@h:x.git?what=1|unexpected query \"what\"",
            })
    void aQueryThatIsNotUnderstoodIsNamed(String text, String message) {
        assertThatThrownBy(() -> GitReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aFlagWithoutValueIsOn() {
        GitReference reference = GitReference.parse("https://h/x.git?keep-git-dir&submodules=0&fetch-by-commit")
                .orElseThrow();
        assertThat(reference.keepGitDirectory()).contains(true);
        assertThat(reference.submodules()).contains(false);
        assertThat(reference.fetchByCommit()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a/b.git",
                "ftp://h/x.git",
                "https://h:port/x.git",
                "https://[h/x.git",
                "a@b",
                "https://h/%zz.git"
            })
    void otherTextIsNoGitAddress(String text) {
        assertThat(GitReference.parse(text)).isEmpty();
    }
}
