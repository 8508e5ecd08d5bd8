package dev.slipway.local.sandbox.confine;

import dev.slipway.local.launch.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The system calls that a confined process may make, as the table {@code system-calls} has them. */
public final class SeccompRules {

    private static final String TABLE = "system-calls";
    private static final String NONE = "-";
    private static final int COLUMNS = 5;
    private static final Pattern BLANKS = Pattern.compile(" +");

    /** From here on, numbers on amd64 are those of x32. */
    private static final int X32 = 0x40000000;

    private static final List<Row> ROWS = read();

    /** One set of numbers that a processor knows. */
    public enum Abi {
        AMD64(List.of("SCMP_ARCH_X86_64", "SCMP_ARCH_X32"), 0xc000003e, 41, Map.of(0, 0, 1, X32)),
        I386(List.of("SCMP_ARCH_X86"), 0x40000003, 359, Map.of(2, 0)),
        ARM64(List.of("SCMP_ARCH_AARCH64"), 0xc00000b7, 198, Map.of(3, 0)),
        ARM(List.of("SCMP_ARCH_ARM"), 0x40000028, 281, Map.of(4, 0));

        public final List<String> ociNames;

        /** How the kernel tells a filter which set a call's number is of. */
        public final int audit;

        public final int socket;

        /** Which columns of the table are its numbers, and what is added to them. */
        private final Map<Integer, Integer> columns;

        Abi(List<String> ociNames, int audit, int socket, Map<Integer, Integer> columns) {
            this.ociNames = ociNames;
            this.audit = audit;
            this.socket = socket;
            this.columns = columns;
        }

        /** The sets that this machine's processor knows; none if there are no rules for it. */
        public static List<Abi> host() {
            return switch (System.getProperty("os.arch", "")) {
                case "amd64" -> List.of(AMD64, I386);
                case "aarch64" -> List.of(ARM64, ARM);
                default -> List.of();
            };
        }
    }

    /**
     * What becomes of a call.
     *
     * @param allowed it is allowed if one of these alternatives holds, each of which is what must hold of its arguments
     * @param refused all other arguments
     * @param error else it ends with this one
     */
    public record Verdict(List<List<ArgumentBits>> allowed, List<List<ArgumentBits>> refused, Errno error) {

        static final Verdict ALLOWED = new Verdict(List.of(List.of()), List.of(), Errno.EPERM);
        static final Verdict REFUSED = new Verdict(List.of(), List.of(List.of()), Errno.EPERM);

        /** The answer to a call that does not exist. */
        public static final Verdict UNKNOWN = new Verdict(List.of(), List.of(List.of()), Errno.ENOSYS);

        private static Verdict of(String rule) {
            return switch (rule) {
                case NONE, "EPERM" -> REFUSED;
                case "ENOSYS" -> UNKNOWN;
                default -> {
                    ArgumentRule arguments = ArgumentRule.valueOf(rule);
                    yield new Verdict(arguments.allowed(), arguments.refused(), Errno.EPERM);
                }
            };
        }
    }

    /** A line of the table. */
    private record Row(String name, List<String> numbers, String allowedTo, Verdict otherwise) {

        static Row of(String line) {
            List<String> cells = List.of(BLANKS.split(line));
            int end = 1 + COLUMNS;
            String otherwise = cells.size() > end + 1 ? cells.get(end + 1) : NONE;
            return new Row(cells.get(0), cells.subList(1, end), cells.get(end), Verdict.of(otherwise));
        }

        Verdict verdict(long owned) {
            boolean isAllowed = switch (allowedTo) {
                case NONE -> false;
                case "always" -> true;
                default -> (Capabilities.bits(allowedTo.split("\\|")) & owned) != 0;
            };
            return isAllowed ? Verdict.ALLOWED : otherwise;
        }
    }

    private SeccompRules() {}

    private static List<Row> read() {
        try (InputStream in = SeccompRules.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What becomes of each call that there is, by its name.
     *
     * @param capabilities what the process may do at most
     */
    public static Map<String, Verdict> byName(long capabilities) {
        return ROWS.stream()
                .collect(Collectors.toMap(Row::name, row -> row.verdict(capabilities), (a, b) -> a, TreeMap::new));
    }

    /**
     * What becomes of each call that there is, by its number.
     *
     * @param capabilities what the process may do at most
     */
    static SortedMap<Integer, Verdict> byNumber(Abi abi, long capabilities) {
        SortedMap<Integer, Verdict> verdicts = new TreeMap<>();
        abi.columns.forEach((column, offset) -> ROWS.stream()
                .filter(row -> !row.numbers.get(column).equals(NONE))
                .forEach(row ->
                        verdicts.put(offset + Integer.parseInt(row.numbers.get(column)), row.verdict(capabilities))));
        return verdicts;
    }
}
