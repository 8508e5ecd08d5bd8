package dev.slipway.local.store.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrivateGroupsTest {

    private static final List<String> USERS = List.of(
            "root:x:0:0:root:/root:/bin/sh",
            "ann:x:1000:1000::/:",
            "bob:x:1001:1001::/:",
            "eve:x:1002:1003::/:",
            "broken");

    private static boolean isPrivate(long gid, String... groups) {
        return new PrivateGroups(USERS, List.of(groups)).haveOnly(gid, uid -> uid == 0 || uid == 1000);
    }

    @Test
    void theGroupOfOneUserIsHisAlone() {
        assertThat(isPrivate(1000, "ann:x:1000:")).isTrue();
        assertThat(isPrivate(1000, "ann:x:1000:ann,root")).isTrue();
    }

    @Test
    void aGroupWithAnybodyElseInItIsNot() {
        assertThat(isPrivate(1000, "ann:x:1000:bob")).isFalse();
        assertThat(isPrivate(1000, "ann:x:1000:ann,somebody")).isFalse();
        assertThat(isPrivate(1003, "staff:x:1003:ann"))
                .as("it is the first group of another")
                .isFalse();
    }

    @Test
    void nothingIsKnownOfAGroupThatIsNotListed() {
        assertThat(isPrivate(1000)).isFalse();
        assertThat(isPrivate(7, "broken", "a:x:seven:")).isFalse();
    }
}
