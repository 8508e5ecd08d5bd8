package dev.slipway.local.sandbox.runtime;

import static java.util.Objects.requireNonNull;

import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.cdi.ContainerEdits;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.Device;
import dev.slipway.local.sandbox.KernelFiles;
import dev.slipway.local.sandbox.MountList;
import dev.slipway.local.sandbox.NetworkFiles;
import dev.slipway.local.sandbox.ProcessUser;
import dev.slipway.local.sandbox.SandboxRequest;
import dev.slipway.local.sandbox.confine.ArgumentBits;
import dev.slipway.local.sandbox.confine.Capabilities;
import dev.slipway.local.sandbox.confine.Masks;
import dev.slipway.local.sandbox.confine.ResourceLimits;
import dev.slipway.local.sandbox.confine.SeccompRules;
import dev.slipway.local.sandbox.confine.SeccompRules.Verdict;
import dev.slipway.oci.json.JsonWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How a step is described to an OCI runtime: the content of its {@code config.json}. */
final class OciConfig {

    /** Flags of {@code mount} by the names that runtimes know. Attributes of mounts have the same numbers. */
    private static final Map<String, Long> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put("ro", Linux.MS_RDONLY);
        FLAGS.put("nosuid", Linux.MS_NOSUID);
        FLAGS.put("nodev", Linux.MS_NODEV);
        FLAGS.put("noexec", Linux.MS_NOEXEC);
        FLAGS.put("strictatime", Linux.MS_STRICTATIME);
    }

    private final SandboxRequest request;
    private final boolean confined;

    OciConfig(SandboxRequest request) {
        this.request = request;
        this.confined = request.isConfined();
    }

    /**
     * The configuration.
     *
     * @param root path of the root
     * @param mounts what is mounted in it
     */
    byte[] write(String root, List<MountPoint> mounts, ProcessUser user, List<String> environment) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("ociVersion", "1.0.0");
        config.put("process", process(user, environment));
        config.put("root", root(root));
        config.put("hostname", NetworkFiles.hostname(request.process()));
        config.put("mounts", mounts.stream().map(MountPoint::json).toList());
        config.put("linux", linux(user));
        List<ContainerEdits.Hook> hooks = request.provisions().devices().hooks();
        if (!hooks.isEmpty()) {
            config.put("hooks", hooks(hooks));
        }
        return JsonWriter.compact().value(config).toBytes();
    }

    private Map<String, Object> root(String path) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("path", path);
        root.put("readonly", request.root().upper().isEmpty());
        return root;
    }

    private Map<String, Object> process(ProcessUser user, List<String> environment) {
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("args", request.process().arguments());
        process.put("env", environment);
        process.put("cwd", request.workingDirectory());
        process.put("user", user(user));
        process.put("capabilities", capabilities());
        process.put("rlimits", limits());
        process.put("noNewPrivileges", false);
        return process;
    }

    private static Map<String, Object> user(ProcessUser user) {
        List<Long> groups = Stream.concat(Stream.of(user.gid()), user.groups().stream())
                .distinct()
                .map(Integer::toUnsignedLong)
                .toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("uid", Integer.toUnsignedLong(user.uid()));
        json.put("gid", Integer.toUnsignedLong(user.gid()));
        json.put("umask", 0022);
        json.put("additionalGids", groups);
        return json;
    }

    private Map<String, Object> capabilities() {
        List<String> names = Capabilities.names(confined ? Capabilities.defaultBits() : Capabilities.currentBits());
        Map<String, Object> sets = new LinkedHashMap<>();
        for (String set : List.of("bounding", "effective", "permitted")) {
            sets.put(set, names);
        }
        for (String set : List.of("inheritable", "ambient")) {
            sets.put(set, confined ? List.of() : names);
        }
        return sets;
    }

    private List<Object> limits() {
        List<Object> limits = new ArrayList<>();
        for (ProcessMeta.Ulimit limit : request.process().ulimits()) {
            ResourceLimits.number(limit);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("type", "RLIMIT_" + limit.name().toUpperCase(Locale.ROOT));
            json.put("soft", number(limit.soft()));
            json.put("hard", number(limit.hard()));
            limits.add(json);
        }
        return limits;
    }

    /** No limit is the highest number there is. */
    private static BigInteger number(long limit) {
        return new BigInteger(Long.toUnsignedString(limit));
    }

    /**
     * A mount as a runtime knows it.
     *
     * @param type of the file system, or {@code bind}
     * @param source path of what is bound
     */
    record MountPoint(String destination, String type, String source, List<String> options) {

        /** A path of this machine, with {@code MOUNT_ATTR_...} flags. */
        static MountPoint of(long attributes, String destination, String source) {
            List<String> options = options(attributes);
            options.add(0, "rbind");
            return new MountPoint(destination, "bind", source, options);
        }

        /** What the kernel makes afresh. */
        static MountPoint of(KernelFiles files, String destination) {
            List<String> options = options(files.flags());
            if (!files.options().isEmpty()) {
                options.addAll(List.of(files.options().split(",")));
            }
            String type = files.type().equals("cgroup2") ? "cgroup" : files.type();
            return new MountPoint(destination, type, files.type(), options);
        }

        private static List<String> options(long flags) {
            List<String> options = new ArrayList<>();
            FLAGS.forEach((name, flag) -> {
                if ((flags & flag) != 0) {
                    options.add(name);
                }
            });
            return options;
        }

        private Map<String, Object> json() {
            Map<String, Object> mount = new LinkedHashMap<>();
            mount.put("destination", destination);
            mount.put("type", type);
            mount.put("source", source);
            mount.put("options", options);
            return mount;
        }
    }

    private Map<String, Object> linux(ProcessUser user) {
        List<String> namespaces = new ArrayList<>(List.of("pid", "ipc", "uts", "mount"));
        if (request.network() == NetworkMode.NONE) {
            namespaces.add("network");
        }
        if (MountList.UNIFIED_CGROUPS) {
            namespaces.add("cgroup");
        }
        Map<String, Object> linux = new LinkedHashMap<>();
        linux.put(
                "namespaces",
                namespaces.stream().map(type -> Map.of("type", type)).toList());
        linux.put(
                "devices",
                Device.further(request, user).stream().map(OciConfig::device).toList());
        if (confined) {
            linux.put("maskedPaths", Masks.HIDDEN);
            linux.put("readonlyPaths", Masks.READ_ONLY);
            if (!SeccompRules.Abi.host().isEmpty()) {
                linux.put("seccomp", seccomp());
            }
        }
        return linux;
    }

    private static Map<String, Object> device(Device device) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", "/dev/" + device.name());
        json.put("type", device.type() == Linux.S_IFBLK ? "b" : device.type() == Linux.S_IFIFO ? "p" : "c");
        json.put("major", device.major());
        json.put("minor", device.minor());
        json.put("fileMode", device.permissions());
        json.put("uid", Integer.toUnsignedLong(device.uid()));
        json.put("gid", Integer.toUnsignedLong(device.gid()));
        return json;
    }

    private static Map<String, Object> hooks(List<ContainerEdits.Hook> hooks) {
        Map<String, Object> byName = new LinkedHashMap<>();
        hooks.stream()
                .map(ContainerEdits.Hook::name)
                .distinct()
                .forEach(name -> byName.put(
                        name,
                        hooks.stream()
                                .filter(hook -> hook.name().equals(name))
                                .map(OciConfig::hook)
                                .toList()));
        return byName;
    }

    private static Map<String, Object> hook(ContainerEdits.Hook hook) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", hook.path());
        json.put("args", hook.arguments());
        json.put("env", hook.environment());
        hook.timeout().ifPresent(seconds -> json.put("timeout", seconds));
        return json;
    }

    /**
     * The filter. A rule with conditions allows what it names and refuses the rest in as many words, for what is left to the
     * runtime does not exist: its library may not know the names of new calls.
     */
    private Map<String, Object> seccomp() {
        long rights = request.provisions().callRights(Capabilities.defaultBits());
        Map<String, Verdict> calls = SeccompRules.byName(rights);
        List<Object> rules = new ArrayList<>();
        // The library takes a rule for socket for one that allows this, unless another one says what becomes of it.
        rules.add(rule(List.of("socketcall"), "SCMP_ACT_ERRNO", List.of()));
        Set<Verdict> verdicts = new LinkedHashSet<>(calls.values());
        verdicts.remove(Verdict.UNKNOWN);
        for (Verdict verdict : verdicts) {
            List<String> names = calls.keySet().stream()
                    .filter(name -> requireNonNull(calls.get(name)).equals(verdict))
                    .toList();
            verdict.refused().forEach(arguments -> rules.add(rule(names, "SCMP_ACT_ERRNO", arguments)));
            verdict.allowed().forEach(arguments -> rules.add(rule(names, "SCMP_ACT_ALLOW", arguments)));
        }
        Map<String, Object> seccomp = new LinkedHashMap<>();
        seccomp.put("defaultAction", "SCMP_ACT_ERRNO");
        seccomp.put("defaultErrnoRet", Errno.ENOSYS.number());
        seccomp.put(
                "architectures",
                SeccompRules.Abi.host().stream()
                        .flatMap(abi -> abi.ociNames.stream())
                        .toList());
        seccomp.put("syscalls", rules);
        return seccomp;
    }

    private static Map<String, Object> rule(List<String> names, String action, List<ArgumentBits> arguments) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("names", names);
        rule.put("action", action);
        if (action.equals("SCMP_ACT_ERRNO")) {
            rule.put("errnoRet", Errno.EPERM.number());
        }
        rule.put("args", arguments.stream().map(OciConfig::condition).toList());
        return rule;
    }

    private static Map<String, Object> condition(ArgumentBits bits) {
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("index", bits.argument());
        condition.put("value", Integer.toUnsignedLong(bits.mask()));
        condition.put("valueTwo", Integer.toUnsignedLong(bits.value()));
        condition.put("op", "SCMP_CMP_MASKED_EQ");
        return condition;
    }
}
