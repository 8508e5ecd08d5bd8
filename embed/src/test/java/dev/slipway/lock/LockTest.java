package dev.slipway.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.llb.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockTest {

    private static final Digest INDEX = Digest.sha256("index");

    @TempDir
    private Path folder;

    private static Lock lock(String target, Map<String, Digest> platforms) {
        return new Lock(
                "Dockerfile",
                new TreeSet<>(Set.of(target)),
                new TreeSet<>(platforms.keySet()),
                new TreeMap<>(Map.of("docker.io/docker/dockerfile:1", Digest.sha256("frontend"))),
                new TreeMap<>(Map.of("docker.io/library/alpine:3", new LockedImage(INDEX, new TreeMap<>(platforms)))),
                new TreeMap<>(Map.of("git://example.com/r.git#main", "0123456789012345678901234567890123456789")),
                new TreeMap<>(Map.of("https://example.com/b", Digest.sha256("b"), "https://example.com/a", INDEX)));
    }

    private static final Lock LOCK =
            lock("", Map.of("linux/amd64", Digest.sha256("amd64"), "linux/arm64", Digest.sha256("arm64")));

    @Test
    void aLockIsReadAsItWasWritten() throws Exception {
        Path file = folder.resolve("slipway.lock");
        LOCK.write(file);
        assertThat(Lock.read(file)).isEqualTo(LOCK);
        assertThat(Lock.read(file).toJson()).isEqualTo(Files.readAllBytes(file));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLockIsSortedAndReadable() {
        assertThat(new String(LOCK.toJson(), StandardCharsets.UTF_8)).isEqualTo("""
                {
                  "version": 1,
                  "dockerfile": "Dockerfile",
                  "targets": [
                    ""
                  ],
                  "platforms": [
                    "linux/amd64",
                    "linux/arm64"
                  ],
                  "frontends": {
                    "docker.io/docker/dockerfile:1": "%s"
                  },
                  "images": {
                    "docker.io/library/alpine:3": {
                      "digest": "%s",
                      "platforms": {
                        "linux/amd64": "%s",
                        "linux/arm64": "%s"
                      }
                    }
                  },
                  "git": {
                    "git://example.com/r.git#main": "0123456789012345678901234567890123456789"
                  },
                  "urls": {
                    "https://example.com/a": "%s",
                    "https://example.com/b": "%s"
                  }
                }
                """.formatted(
                        Digest.sha256("frontend"),
                        INDEX,
                        Digest.sha256("amd64"),
                        Digest.sha256("arm64"),
                        INDEX,
                        Digest.sha256("b")));
    }

    @Test
    void locksOfTwoTargetsAreOne() {
        Lock arm = lock("test", Map.of("linux/arm64", Digest.sha256("arm64")));
        Lock both = LOCK.merge(arm);
        assertThat(both.targets()).containsExactly("", "test");
        assertThat(both.images()).isEqualTo(LOCK.images());
        assertThat(both.merge(arm)).isEqualTo(both);
    }

    @Test
    void locksThatDisagreeAreNotMerged() {
        Lock moved = new Lock(
                LOCK.dockerfile(),
                LOCK.targets(),
                LOCK.platforms(),
                LOCK.frontends(),
                LOCK.images(),
                LOCK.repositories(),
                new TreeMap<>(Map.of("https://example.com/a", Digest.sha256("other"))));
        assertThatIllegalArgumentException().isThrownBy(() -> LOCK.merge(moved));
    }

    @Test
    void thePinsOfALockNameSourcesAsBuildsDo() {
        assertThat(LOCK.pins())
                .containsEntry("docker-image://docker.io/library/alpine:3", INDEX.toString())
                .containsEntry("https://example.com/a", INDEX.toString())
                .containsEntry("git://example.com/r.git#main", "0123456789012345678901234567890123456789");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"version\": 2, \"dockerfile\": \"Dockerfile\"}",
                "{\"version\": 1}",
                "{\"version\": 1, \"dockerfile\": \"Dockerfile\", \"more\": 1}",
                "{\"version\": 1, \"dockerfile\": \"Dockerfile\", \"urls\": {\"https://example.com\": \"md5:1\"}}",
                "{\"version\": 1, \"dockerfile\": \"Dockerfile\", \"images\": {\"a\": {}}}"
            })
    void whatIsNoLockIsRefused(String document) throws Exception {
        Path file = Files.writeString(folder.resolve("slipway.lock"), document);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lock.read(file))
                .withMessageStartingWith("lock file " + file + ": ");
    }

    @Test
    void aLockThatIsNotThereSaysHowToMakeOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lock.read(folder.resolve("missing")))
                .withMessageEndingWith("missing does not exist; make it with slipway lock");
    }
}
