package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.executor.ExecutorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserLookupTest {

    @TempDir
    Path root;

    private UserLookup users;

    @BeforeEach
    void setUp() throws IOException {
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), """
                root:x:0:0:root:/root:/bin/sh

                daemon:x:1:1::/:/bin/false
                web:x:33:34:web:/var/www:/bin/false
                7:x:70:71::/seven:/bin/false
                broken:x:many
                """);
        Files.writeString(
                root.resolve("etc/group"), "root:x:0:\nweb:x:34:\nusers:x:100:daemon,web\nwheel:x:10:root,web\n");
        users = new UserLookup(new HostFolder(root));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0, 0, ''",
        "root, 0, 0, 10",
        "0, 0, 0, 10",
        "0:0, 0, 0, ''",
        "root:root, 0, 0, ''",
        "web, 33, 34, 100 10",
        "33, 33, 34, 100 10",
        "33:5, 33, 5, ''",
        "web:users, 33, 100, ''",
        "web:4000, 33, 4000, ''",
        "web:100, 33, 100, ''",
        "4000, 4000, 0, ''",
        "4000:users, 4000, 100, ''",
        "7, 7, 0, ''",
        "+33, 33, 34, 100 10",
        "web:+100, 33, 100, ''",
        "2147483647, 2147483647, 0, ''",
        "broken, 0, 0, ''",
        "4294967294:4294967294, -2, -2, ''",
    })
    void usersAndGroupsAreFoundAsBuildKitFindsThem(String text, int uid, int gid, String groups) {
        List<Integer> expected = Arrays.stream(groups.split(" "))
                .filter(group -> !group.isEmpty())
                .map(Integer::valueOf)
                .toList();

        assertThat(users.find(text)).isEqualTo(new ProcessUser(uid, gid, expected));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, unable to find user nobody: no matching entries in passwd file",
        "nobody:users, unable to find user nobody: no matching entries in passwd file",
        "web:staff, unable to find group staff: no matching entries in group file",
        "33:staff, unable to find group staff: no matching entries in group file",
        "1x, unable to find user 1x: no matching entries in passwd file",
    })
    void anUnknownNameIsRefused(String text, String message) {
        assertThatThrownBy(() -> users.find(text))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith(message + "; add the ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "2147483648", "4294967295", "4294967296", "33:4294967296", "33:-1", "-1:33", "web:-1"})
    void aNumberOutOfRangeIsRefusedAndIsNoNameThatAnImageMayGiveToRoot(String text) throws IOException {
        Files.writeString(root.resolve("etc/passwd"), "4294967296:x:0:0::/:/bin/sh\nweb:x:33:34::/:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "4294967296:x:0:\n");

        assertThatThrownBy(() -> users.find(text))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("uids and gids must be in range 0-2147483647, and ");
    }

    @Test
    void withoutFilesNumbersAreEnough() {
        UserLookup nowhere = new UserLookup(RootFiles.EMPTY);

        assertThat(nowhere.find("33")).isEqualTo(new ProcessUser(33, 0, List.of()));
        assertThat(nowhere.home(33)).isEqualTo("/");
        assertThatThrownBy(() -> nowhere.find("web")).hasMessageContaining("unable to find user web");
    }

    @Test
    void homeIsWhatTheFileSays() {
        assertThat(users.home(33)).isEqualTo("/var/www");
        assertThat(users.home(4000)).isEqualTo("/");
    }

    @Test
    void aFileThatIsALinkIsFollowedInsideTheRoot() throws IOException {
        Files.move(root.resolve("etc/passwd"), root.resolve("users"));
        Files.createSymbolicLink(root.resolve("etc/passwd"), Path.of("/../../users"));

        assertThat(users.find("web").uid()).isEqualTo(33);
    }

    @Test
    void aFileThatIsTooLargeOrNoFileIsNotRead() {
        RootFiles.Entry folder = new RootFiles.Entry(RootFiles.Kind.FOLDER, 0, "");
        RootFiles.Entry device = new RootFiles.Entry(RootFiles.Kind.OTHER, 0, "");
        RootFiles.Entry large = new RootFiles.Entry(RootFiles.Kind.FILE, (10 << 20) + 1, "");
        for (RootFiles.Entry passwd : List.of(folder, device, large)) {
            RootFiles files = path -> Optional.of(path.equals("/etc") ? folder : passwd);

            assertThatThrownBy(() -> new UserLookup(files).find("web")).hasMessageContaining("unable to find user web");
        }
    }
}
