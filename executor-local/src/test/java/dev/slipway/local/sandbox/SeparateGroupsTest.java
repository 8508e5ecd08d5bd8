package dev.slipway.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeparateGroupsTest {

    @Test
    void aHierarchyIsMountedWithWhatMakesIt() {
        List<SeparateGroups.Hierarchy> hierarchies = SeparateGroups.parse(List.of(
                        "25 20 0:22 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755",
                        "26 25 0:23 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw,nsdelegate",
                        "27 25 0:24 /own /sys/fs/cgroup/cpu,cpuacct ro,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct",
                        "28 25 0:25 / /sys/fs/cgroup/systemd rw - cgroup cgroup"
                                + " rw,xattr,release_agent=/lib/agent,name=systemd",
                        "29 25 0:24 / /var/lib/elsewhere rw - cgroup cgroup rw,cpu,cpuacct"))
                .hierarchies();

        assertThat(hierarchies)
                .containsExactly(
                        new SeparateGroups.Hierarchy("cpu,cpuacct", List.of("cpu", "cpuacct")),
                        new SeparateGroups.Hierarchy("systemd", List.of("xattr", "name=systemd")));
        assertThat(hierarchies.get(0).links()).containsExactly("cpu", "cpuacct");
        assertThat(hierarchies.get(1).links()).isEmpty();
    }
}
