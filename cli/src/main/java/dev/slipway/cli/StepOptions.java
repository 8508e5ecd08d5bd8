package dev.slipway.cli;

import dev.slipway.BuildRequest;
import dev.slipway.executor.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what surrounds the process of each step. */
final class StepOptions {

    private static final Pattern ADDRESS =
            Pattern.compile("[0-9.]+|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*|\\[.*]|host-gateway");

    private static final String HOST_GATEWAY = "host-gateway";

    @Option(
            names = "--add-host",
            paramLabel = "HOST:IP[,IP]",
            description = "Add a line to /etc/hosts of each step; HOST=IP works too.")
    private List<String> extraHosts = List.of();

    @Option(names = "--ulimit", paramLabel = "NAME=SOFT[:HARD]", description = "Set a resource limit for each step.")
    private List<String> ulimits = List.of();

    @Option(names = "--shm-size", paramLabel = "SIZE", description = "Size of /dev/shm of each step, such as 128m.")
    private Optional<String> shmSize = Optional.empty();

    @Option(names = "--network", paramLabel = "MODE", description = "Network of each step: default, none or host.")
    private Optional<String> network = Optional.empty();

    @Option(names = "--cgroup-parent", paramLabel = "NAME", description = "Parent of each step's control group.")
    private Optional<String> cgroupParent = Optional.empty();

    @Mixin
    private ResourceOptions resources;

    @Option(
            names = "--device",
            paramLabel = "NAME[,required]",
            description = "Give each step this device, by its Container Device Interface name.")
    private List<String> devices = List.of();

    @Option(
            names = "--allow",
            paramLabel = "NAME[,NAME...]",
            description = "Allow steps more than usual: network.host, security.insecure, device,"
                    + " device=NAME[,alias=OTHER].")
    private List<String> allow = List.of();

    BuildRequest apply(BuildRequest request) {
        BuildRequest result = allow.isEmpty() ? request : request.allow(entitlements());
        for (String host : hosts()) {
            result = extraHost(result, host);
        }
        for (String limit : ulimits) {
            BuildRequest before = result;
            result = UsageException.checked("--ulimit " + limit, () -> before.ulimit(limit));
        }
        result = resources.apply(result);
        for (String device : devices) {
            result = device(result, device);
        }
        if (shmSize.isPresent()) {
            result = result.shmSize(
                    UsageException.checked("--shm-size " + shmSize.get(), () -> ByteSize.parse(shmSize.get())));
        }
        if (network.isPresent()) {
            BuildRequest before = result;
            result = UsageException.checked("--network " + network.get(), () -> before.network(network.get()));
        }
        return cgroupParent.isPresent() ? result.cgroupParent(cgroupParent.get()) : result;
    }

    /** Several hosts may stand in one value, as in buildx; an address alone is a further one of the host before it. */
    private List<String> hosts() {
        List<String> hosts = new ArrayList<>();
        for (String list : extraHosts) {
            List<String> fields = list.isEmpty() ? List.of() : CsvFields.split("--add-host", list);
            for (String field : fields) {
                int last = hosts.size() - 1;
                if (last >= 0 && ADDRESS.matcher(field).matches()) {
                    hosts.set(last, hosts.get(last) + "," + field);
                } else {
                    hosts.add(field);
                }
            }
        }
        return hosts;
    }

    /** A device may have an alias behind a comma. */
    private String[] entitlements() {
        return allow.stream()
                .filter(text -> !text.isEmpty())
                .flatMap(text -> Stream.of(text.split(",(?!alias=)")))
                .peek(StepOptions::checkEntitlement)
                .toArray(String[]::new);
    }

    private static void checkEntitlement(String name) {
        boolean known =
                Set.of("network.host", "security.insecure", "device").contains(name) || name.startsWith("device=");
        if (!known) {
            throw new UsageException("--allow " + name
                    + ": there is no such entitlement; known are network.host, security.insecure, device and"
                    + " device=NAME");
        }
    }

    private static BuildRequest extraHost(BuildRequest request, String text) {
        int separator = text.indexOf('=') >= 0 ? text.indexOf('=') : text.indexOf(':');
        if (separator <= 0) {
            throw new UsageException("--add-host " + text + ": expected HOST:IP");
        }
        String host = text.substring(0, separator);
        BuildRequest result = request;
        for (String address : text.substring(separator + 1).split(",", -1)) {
            if (address.equals(HOST_GATEWAY)) {
                throw new UsageException(
                        "--add-host " + text + ": there is no gateway here, because steps share this machine's"
                                + " network; write " + host + ":127.0.0.1");
            }
            boolean bracketed = address.length() > 2 && address.startsWith("[") && address.endsWith("]");
            String ip = bracketed ? address.substring(1, address.length() - 1) : address;
            BuildRequest before = result;
            result = UsageException.checked("--add-host " + text, () -> before.extraHost(host, ip));
        }
        return result;
    }

    private static BuildRequest device(BuildRequest request, String text) {
        int comma = text.indexOf(',');
        if (comma >= 0 && !text.substring(comma).equals(",required")) {
            throw new UsageException("--device " + text + ": expected NAME or NAME,required");
        }
        return request.device(comma < 0 ? text : text.substring(0, comma), comma >= 0);
    }
}
