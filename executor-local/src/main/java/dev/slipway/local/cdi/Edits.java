package dev.slipway.local.cdi;

import dev.slipway.local.cdi.ContainerEdits.Hook;
import dev.slipway.local.cdi.ContainerEdits.HostMount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a description says a process has to be given. What it leaves open, this machine's files say. */
record Edits(List<String> environment, List<Node> nodes, List<Mount> mounts, List<Hook> hooks, List<Integer> groups) {

    static final Edits NONE = new Edits(List.of(), List.of(), List.of(), List.of(), List.of());

    private static final Set<String> HOOKS =
            Set.of("prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop");

    /** Mounts of a step are its own, so that it does not matter where others are told of them. */
    private static final Set<String> OPTIONS = Set.of(
            "bind",
            "rbind",
            "ro",
            "rw",
            "nosuid",
            "suid",
            "nodev",
            "dev",
            "noexec",
            "exec",
            "private",
            "rprivate",
            "slave",
            "rslave",
            "shared",
            "rshared");

    record Node(
            String path,
            String hostPath,
            String type,
            Optional<Integer> major,
            Optional<Integer> minor,
            Optional<Integer> mode,
            Optional<Integer> uid,
            Optional<Integer> gid) {}

    record Mount(String hostPath, String containerPath, String type, List<String> options) {}

    static Edits of(Fields fields) throws CdiException {
        fields.allow(Set.of("env", "deviceNodes", "netDevices", "hooks", "mounts", "intelRdt", "additionalGids"));
        for (String name : List.of("netDevices", "intelRdt")) {
            if (fields.values().containsKey(name)) {
                throw new CdiException(fields.place() + " asks for " + name + ", which steps cannot be given");
            }
        }
        List<Node> nodes = new ArrayList<>();
        for (Fields node : fields.objects("deviceNodes")) {
            nodes.add(node(node));
        }
        List<Mount> mounts = new ArrayList<>();
        for (Fields mount : fields.objects("mounts")) {
            mounts.add(mount(mount));
        }
        List<Hook> hooks = new ArrayList<>();
        for (Fields hook : fields.objects("hooks")) {
            hooks.add(hook(hook));
        }
        return new Edits(environment(fields), nodes, mounts, hooks, fields.numbers("additionalGids"));
    }

    private static List<String> environment(Fields fields) throws CdiException {
        List<String> environment = fields.texts("env");
        for (String variable : environment) {
            if (variable.indexOf('=') <= 0) {
                throw new CdiException(fields.place() + ".env: " + variable + " is not of the form NAME=value");
            }
        }
        return environment;
    }

    private static Node node(Fields node) throws CdiException {
        node.allow(Set.of("path", "hostPath", "type", "major", "minor", "fileMode", "permissions", "uid", "gid"));
        String path = node.required("path");
        String type = node.text("type");
        if (!Set.of("", "b", "c", "u", "p").contains(type)) {
            throw new CdiException(node.place() + ".type is " + type + "; there are b, c, u and p");
        }
        if (!node.text("permissions").matches("[rwm]*")) {
            throw new CdiException(node.place() + ".permissions are other than r, w and m");
        }
        return new Node(
                path,
                node.text("hostPath").isEmpty() ? path : node.text("hostPath"),
                type.equals("u") ? "c" : type,
                node.number("major"),
                node.number("minor"),
                node.number("fileMode"),
                node.number("uid"),
                node.number("gid"));
    }

    private static Mount mount(Fields mount) throws CdiException {
        mount.allow(Set.of("hostPath", "containerPath", "options", "type"));
        String type = mount.text("type");
        if (!Set.of("", "bind", "none").contains(type)) {
            throw new CdiException(mount.place() + ".type is " + type + "; steps can only be given bind mounts");
        }
        for (String option : mount.texts("options")) {
            if (!OPTIONS.contains(option)) {
                throw new CdiException(mount.place() + " has the option " + option + ", which is not known here");
            }
        }
        return new Mount(mount.required("hostPath"), mount.required("containerPath"), type, mount.texts("options"));
    }

    private static Hook hook(Fields hook) throws CdiException {
        hook.allow(Set.of("hookName", "path", "args", "env", "timeout"));
        String name = hook.required("hookName");
        if (!HOOKS.contains(name)) {
            throw new CdiException(hook.place() + ".hookName is " + name + ", which is not a hook");
        }
        return new Hook(name, hook.required("path"), hook.texts("args"), environment(hook), hook.number("timeout"));
    }

    /** With what this machine's files say where the description says nothing. */
    ContainerEdits complete() throws CdiException {
        List<ContainerEdits.DeviceNode> complete = new ArrayList<>();
        for (Node node : nodes) {
            complete.add(HostDevice.complete(node));
        }
        List<HostMount> sources = new ArrayList<>();
        for (Mount mount : mounts) {
            sources.add(new HostMount(real(mount.hostPath()), mount.containerPath(), mount.options()));
        }
        return new ContainerEdits(environment, complete, sources, hooks, groups);
    }

    private static String real(String path) throws CdiException {
        try {
            return Path.of(path).toRealPath().toString();
        } catch (IOException e) {
            throw new CdiException("there is no " + path + " on this machine to mount", e);
        }
    }
}
