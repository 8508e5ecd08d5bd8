package dev.slipway.local.sandbox.confine;

import static dev.slipway.local.sandbox.confine.FilterMachine.ALLOW;
import static dev.slipway.local.sandbox.confine.FilterMachine.FAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.local.launch.Errno;
import dev.slipway.local.sandbox.confine.SeccompRules.Abi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompFilterTest {

    private static final int EPERM = FAIL | Errno.EPERM.number();
    private static final int ENOSYS = FAIL | Errno.ENOSYS.number();

    /** What the kernel takes. */
    private static final int LARGEST_PROGRAM = 4096;

    private static final int X32 = 0x40000000;
    private static final int PRIVATE_TO_ARM = 0xf0000;

    private static final List<Abi> AMD64 = List.of(Abi.AMD64, Abi.I386);
    private static final List<Abi> ARM64 = List.of(Abi.ARM64, Abi.ARM);

    /** What Docker gives to a process. */
    private static final long DEFAULT = Capabilities.bits(
            "CHOWN",
            "DAC_OVERRIDE",
            "FSETID",
            "FOWNER",
            "MKNOD",
            "NET_RAW",
            "SETGID",
            "SETUID",
            "SETFCAP",
            "SETPCAP",
            "NET_BIND_SERVICE",
            "SYS_CHROOT",
            "KILL",
            "AUDIT_WRITE");

    private static List<Abi> processor(Abi abi) {
        return AMD64.contains(abi) ? AMD64 : ARM64;
    }

    private static FilterMachine filter(Abi abi, long capabilities) {
        return new FilterMachine(SeccompFilter.program(processor(abi), capabilities));
    }

    /** The lines of the table, in cells. */
    private static List<String[]> table() throws IOException {
        try (InputStream in = SeccompFilterTest.class.getResourceAsStream("system-calls")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.copyOf(line.split(" +"), 8))
                    .toList();
        }
    }

    /** Which call a number is. */
    private static Map<Integer, String[]> numbers(Abi abi) throws IOException {
        Map<Integer, String[]> numbers = new HashMap<>();
        for (String[] row : table()) {
            String number = row[List.of(1, 3, 4, 5).get(abi.ordinal())];
            if (!number.equals("-")) {
                assertThat(numbers.put(Integer.parseInt(number), row))
                        .as(number)
                        .isNull();
            }
            if (abi == Abi.AMD64 && !row[2].equals("-")) {
                assertThat(numbers.put(X32 | Integer.parseInt(row[2]), row))
                        .as(row[2])
                        .isNull();
            }
        }
        return numbers;
    }

    private static boolean isAllowed(String[] row, long capabilities) {
        return row[6].equals("always")
                || !row[6].equals("-") && (Capabilities.bits(row[6].split("\\|")) & capabilities) != 0;
    }

    @ParameterizedTest
    @EnumSource
    void eachNumberIsAnsweredAsTheTableSays(Abi abi) throws IOException {
        Map<Integer, String[]> numbers = numbers(abi);
        for (long capabilities :
                new long[] {0, DEFAULT, Capabilities.bits("SYS_ADMIN"), Capabilities.bits("BPF"), -1}) {
            FilterMachine filter = filter(abi, capabilities);
            IntStream.of(0, PRIVATE_TO_ARM, X32, Integer.MIN_VALUE, Integer.MAX_VALUE - 2000, -2000)
                    .flatMap(first -> IntStream.range(first, first + 2000))
                    .forEach(number -> {
                        String[] row = numbers.get(number);
                        int expected = row == null || "ENOSYS".equals(row[7]) ? ENOSYS : EPERM;
                        if (row == null || isAllowed(row, capabilities) || row[7] == null || row[7].equals("ENOSYS")) {
                            assertThat(filter.answer(abi.audit, number))
                                    .as(abi + " " + number + " with " + Long.toHexString(capabilities))
                                    .isEqualTo(row != null && isAllowed(row, capabilities) ? ALLOW : expected);
                        }
                    });
        }
    }

    @ParameterizedTest
    @EnumSource
    void argumentsDecideWhereTheTableNamesARule(Abi abi) throws IOException {
        FilterMachine filter = filter(abi, 0);
        numbers(abi).forEach((number, row) -> {
            if (row[7] != null && !row[7].equals("ENOSYS")) {
                ArgumentRule rule = ArgumentRule.valueOf(row[7]);
                arguments()
                        .forEach(arguments -> assertThat(filter.answer(abi.audit, number, arguments))
                                .as(row[0] + Arrays.toString(arguments))
                                .isEqualTo(holds(rule.allowed(), arguments) ? ALLOW : EPERM));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatARuleDoesNotAllowItRefuses(ArgumentRule rule) {
        assertThat(arguments())
                .allSatisfy(arguments ->
                        assertThat(holds(rule.allowed(), arguments)).isNotEqualTo(holds(rule.refused(), arguments)));
    }

    private static boolean holds(List<List<ArgumentBits>> alternatives, long[] arguments) {
        return alternatives.stream()
                .anyMatch(all -> all.stream().allMatch(bits -> bits.hold((int) arguments[bits.argument()])));
    }

    /** Small ones, flags, types of files and devices, and any. */
    private static List<long[]> arguments() {
        Random random = new Random(1);
        long[] interesting = {
            0, 1, 8, 17, 0x103, 0x105, 0x500, 0x20000, 0x20008, 0xffffffffL, 0x7e020000, 0x2000, 0x6000
        };
        return IntStream.range(0, 4000)
                .mapToObj(index -> random.longs(4)
                        .map(any -> switch (Math.floorMod(any, 4)) {
                            case 0 -> any >>> 60 << 12 | 0644;
                            case 1 -> interesting[Math.floorMod(any >> 8, interesting.length)];
                            case 2 -> any >>> 58;
                            default -> any;
                        })
                        .toArray())
                .toList();
    }

    @Test
    void onlyOrdinarySocketsAreMade() {
        FilterMachine filter = filter(Abi.AMD64, DEFAULT);
        int socket = 41;

        assertThat(IntStream.range(0, 64).filter(family -> filter.answer(Abi.AMD64.audit, socket, family) != ALLOW))
                .containsExactly(38, 40);
        assertThat(filter.answer(Abi.I386.audit, 359, 38)).isEqualTo(EPERM);
        assertThat(filter.answer(Abi.I386.audit, 359, 2)).isEqualTo(ALLOW);
    }

    @Test
    void whatTheKernelDoesNotSeeOfAnArgumentDoesNotCount() {
        FilterMachine filter = filter(Abi.AMD64, DEFAULT);

        assertThat(filter.answer(Abi.AMD64.audit, 41, 1L << 32 | 38)).isEqualTo(EPERM);
    }

    @Test
    void theOneCallForAllSocketsIsNotThere() {
        assertThat(filter(Abi.I386, DEFAULT).answer(Abi.I386.audit, 102, 1)).isEqualTo(ENOSYS);
    }

    @Test
    void threadsAreMadeButNoNamespaces() {
        FilterMachine filter = filter(Abi.AMD64, DEFAULT);
        int thread = 0x3d0f00;
        int userNamespace = 0x10000000;

        assertThat(filter.answer(Abi.AMD64.audit, 56, thread)).isEqualTo(ALLOW);
        assertThat(filter.answer(Abi.AMD64.audit, 56, thread | userNamespace)).isEqualTo(EPERM);
        assertThat(filter.answer(Abi.AMD64.audit, 435)).isEqualTo(ENOSYS);
        assertThat(filter(Abi.AMD64, Capabilities.bits("SYS_ADMIN")).answer(Abi.AMD64.audit, 56, userNamespace))
                .isEqualTo(ALLOW);
    }

    @Test
    void thePersonalityIsThatOfLinux() {
        FilterMachine filter = filter(Abi.AMD64, DEFAULT);
        int noRandomAddresses = 0x40000;

        assertThat(filter.answer(Abi.AMD64.audit, 135, 0xffffffffL)).isEqualTo(ALLOW);
        assertThat(filter.answer(Abi.AMD64.audit, 135, 8)).isEqualTo(ALLOW);
        assertThat(filter.answer(Abi.AMD64.audit, 135, noRandomAddresses)).isEqualTo(EPERM);
    }

    @Test
    void programsOfOtherProcessorsHaveNoCalls() {
        assertThat(filter(Abi.AMD64, -1).answer(Abi.ARM64.audit, 63)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @EnumSource
    void theKernelTakesTheProgramAndEndsSoon(Abi abi) throws IOException {
        byte[] program = SeccompFilter.program(processor(abi), DEFAULT);
        FilterMachine filter = new FilterMachine(program);

        assertThat(program.length / SeccompFilter.INSTRUCTION_SIZE).isLessThanOrEqualTo(LARGEST_PROGRAM);
        numbers(abi).forEach((number, row) -> {
            if (row[6].equals("always")) {
                filter.answer(abi.audit, number);
                assertThat(filter.steps()).as(row[0]).isLessThanOrEqualTo(25);
            }
        });
    }
}
