package dev.slipway.cli;

import dev.slipway.BuildRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that limit what steps may use of the machine: {@code --resource}, and docker's older ones for the same. */
final class ResourceOptions {

    /** A comma that begins another field: values of cpuset-cpus have commas in them. */
    private static final String FIELD_END = ",(?=[^,=]*=)";

    private static final String LIMIT = "LIMIT";

    @Option(
            names = "--resource",
            paramLabel = "NAME=VALUE",
            description =
                    "A limit of each step's control group: memory, memory-swap, cpu-shares, cpu-period, cpu-quota,"
                            + " cpuset-cpus or cpuset-mems.")
    private List<String> resources = List.of();

    @Option(
            names = {"-m", "--memory"},
            paramLabel = LIMIT,
            hidden = true)
    private Optional<String> memory = Optional.empty();

    @Option(names = "--memory-swap", paramLabel = LIMIT, hidden = true)
    private Optional<String> memorySwap = Optional.empty();

    @Option(
            names = {"-c", "--cpu-shares"},
            paramLabel = LIMIT,
            hidden = true)
    private Optional<String> cpuShares = Optional.empty();

    @Option(names = "--cpu-period", paramLabel = LIMIT, hidden = true)
    private Optional<String> cpuPeriod = Optional.empty();

    @Option(names = "--cpu-quota", paramLabel = LIMIT, hidden = true)
    private Optional<String> cpuQuota = Optional.empty();

    @Option(names = "--cpuset-cpus", paramLabel = LIMIT, hidden = true)
    private Optional<String> cpusetCpus = Optional.empty();

    @Option(names = "--cpuset-mems", paramLabel = LIMIT, hidden = true)
    private Optional<String> cpusetMems = Optional.empty();

    /** As in buildx, {@code --resource} counts more than an older option, wherever it stands. */
    BuildRequest apply(BuildRequest request) {
        BuildRequest result = request;
        for (Map.Entry<String, Optional<String>> option : older().entrySet()) {
            Optional<String> limit = option.getValue();
            if (limit.isPresent()) {
                String name = option.getKey();
                result = limit(result, "--" + name + " " + limit.get(), name, limit.get());
            }
        }
        for (String list : resources) {
            for (String resource : list.split(FIELD_END)) {
                int equals = resource.indexOf('=');
                if (equals <= 0) {
                    throw new UsageException("--resource " + resource + ": expected NAME=VALUE");
                }
                String value = resource.substring(equals + 1).strip();
                result = limit(
                        result,
                        "--resource " + resource,
                        resource.substring(0, equals).strip(),
                        value);
            }
        }
        return result;
    }

    private Map<String, Optional<String>> older() {
        Map<String, Optional<String>> older = new LinkedHashMap<>();
        older.put("memory", memory);
        older.put("memory-swap", memorySwap);
        older.put("cpu-shares", cpuShares);
        older.put("cpu-period", cpuPeriod);
        older.put("cpu-quota", cpuQuota);
        older.put("cpuset-cpus", cpusetCpus);
        older.put("cpuset-mems", cpusetMems);
        return older;
    }

    private static BuildRequest limit(BuildRequest request, String option, String name, String value) {
        return UsageException.checked(option, () -> request.resource(name, value));
    }
}
