package dev.slipway.local.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.cgroup.Limits.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    @ParameterizedTest
    @CsvSource({
        "2, 1",
        "3, 2",
        "512, 59",
        "1000, 99",
        "1024, 100",
        "2048, 174",
        "262144, 10000",
        "1, 1",
        "9999999, 10000"
    })
    void sharesBecomeWeightsSoThatBothDefaultsMeet(String shares, String weight) {
        assertThat(new Limits(Map.of("cpuShares", shares)).unified())
                .containsExactly(new Setting("cpu", "cpu.weight", weight));
    }

    @Test
    void swapIsCountedWithMemoryOrByItself() {
        Limits limits = new Limits(Map.of("memory", "1000", "memorySwap", "1500"));
        assertThat(limits.problem()).isEmpty();
        assertThat(limits.separate())
                .containsExactly(
                        new Setting("memory", "memory.limit_in_bytes", "1000"),
                        new Setting("memory", "memory.memsw.limit_in_bytes", "1500"));
        assertThat(limits.unified())
                .containsExactly(
                        new Setting("memory", "memory.max", "1000"), new Setting("memory", "memory.swap.max", "500"));
    }

    @Test
    void swapIsNotLimitedByMinusOne() {
        Limits limits = new Limits(Map.of("memorySwap", "-1"));
        assertThat(limits.problem()).isEmpty();
        assertThat(limits.unified()).containsExactly(new Setting("memory", "memory.swap.max", "max"));
    }

    @ParameterizedTest
    @CsvSource({"2000", "''"})
    void swapIsNotLimitedToLessThanMemory(String memory) {
        Limits limits = new Limits(Map.of("memory", memory, "memorySwap", "1500"));
        assertThat(limits.problem())
                .hasValue(
                        "memory-swap has no effect: it is the limit of memory and swap together, so that memory is to be"
                                + " limited too, to no more than that");
        assertThat(limits.separate()).noneMatch(Setting::ofSwap);
        assertThat(limits.unified()).noneMatch(Setting::ofSwap);
    }

    @ParameterizedTest
    @CsvSource({"40000, 50000, 40000 50000", "40000, '', 40000 100000", "'', 50000, max 50000"})
    void timeIsAQuotaOfAPeriod(String quota, String period, String both) {
        assertThat(new Limits(Map.of("cpuQuota", quota, "cpuPeriod", period)).unified())
                .containsExactly(new Setting("cpu", "cpu.max", both));
    }
}
