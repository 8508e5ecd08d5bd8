package dev.slipway.frontend.convert;

import dev.slipway.frontend.FrontendException;
import dev.slipway.frontend.ProcessOptions;
import dev.slipway.frontend.graph.ExecNode;
import dev.slipway.frontend.graph.Metadata;
import dev.slipway.frontend.graph.Root;
import dev.slipway.frontend.mount.ProcessDraft;
import dev.slipway.frontend.mount.RunMounts;
import dev.slipway.frontend.stage.Environment;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.llb.ExecOp;
import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.Mount;
import dev.slipway.llb.Op;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.llb.VertexMetadata;
import dev.slipway.parser.shell.Variables;
import dev.slipway.parser.tree.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code RUN}: a process whose changes to the root are kept. */
final class RunConverter {

    private static final String HOSTNAME_ARGUMENT = "BUILDKIT_SANDBOX_HOSTNAME";
    private static final String AGENT_VARIABLE = "SSH_AUTH_SOCK";

    private RunConverter() {}

    static void convert(StepContext step, Run run) {
        RunMounts mounts = RunMounts.parse(step, run);
        // Nobody knows what a process reads.
        step.stage().want("/");
        ProcessDraft process = new ProcessDraft(step.state().root());
        RunCommand command = RunCommand.of(step, run, process);
        mounts.addTo(process, step);
        addSharedMemory(step, process);
        String name = name(step, command, mounts);
        Root root = Root.of(new ExecNode(
                op(step, run, command, process),
                process.sources(),
                step.state().platform(),
                metadata(step, run, name, process)));
        String prefix = step.argumentsPrefix();
        step.words().grow(prefix.length() + step.environment().length());
        step.state().root(root);
        step.commit("RUN " + prefix + String.join(" ", command.arguments()) + " # buildkit", true);
    }

    /** Those of the build come first. */
    private static List<ExecOp.CdiDevice> devices(StepContext step, Run run) {
        if (!run.devices().isEmpty() && !step.labs()) {
            throw new FrontendException("device feature is only supported in Dockerfile frontend 1.14.0-labs or later;"
                    + " begin the Dockerfile with # syntax=docker/dockerfile:1-labs");
        }
        List<ExecOp.CdiDevice> devices = new ArrayList<>(step.process().devices());
        run.devices().forEach(device -> devices.add(new ExecOp.CdiDevice(device.name(), !device.required())));
        return devices;
    }

    private static void addSharedMemory(StepContext step, ProcessDraft process) {
        long size = step.process().shmSize();
        if (size > 0) {
            process.add(Root.SCRATCH, Mount.of(Op.NONE, "", "/dev/shm", Op.NONE, false, new Mount.Tmpfs(size)));
        }
    }

    private static ExecOp op(StepContext step, Run run, RunCommand command, ProcessDraft process) {
        return new ExecOp(
                meta(step, command, process),
                process.sessionMounts(),
                network(step, run),
                security(run),
                process.secretEnvironment(),
                devices(step, run));
    }

    private static ProcessMeta meta(StepContext step, RunCommand command, ProcessDraft process) {
        ProcessOptions options = step.process();
        return new ProcessMeta(
                command.arguments(),
                environment(step, process),
                step.state().directory(),
                step.state().user(),
                step.proxy(),
                options.extraHosts(),
                hostname(step),
                options.ulimits(),
                options.cgroupParent(),
                true,
                List.of());
    }

    /** A build argument sets the host name, too, and takes precedence. */
    private static String hostname(StepContext step) {
        String argument = step.buildArgument(HOSTNAME_ARGUMENT).orElse("");
        return argument.isEmpty() ? step.process().hostname() : argument;
    }

    private static List<String> environment(StepContext step, ProcessDraft process) {
        List<String> environment = step.environment().assignments();
        Optional<String> agent = process.firstAgent();
        if (agent.isEmpty() || step.environment().get(AGENT_VARIABLE).isPresent()) {
            return environment;
        }
        List<String> withAgent = new ArrayList<>(environment);
        withAgent.add(AGENT_VARIABLE + "=" + agent.get());
        return withAgent;
    }

    private static NetworkMode network(StepContext step, Run run) {
        return switch (run.network()) {
            case DEFAULT -> step.process().network();
            case NONE -> NetworkMode.NONE;
            case HOST -> NetworkMode.HOST;
        };
    }

    private static SecurityMode security(Run run) {
        return run.security() == Run.Security.INSECURE ? SecurityMode.INSECURE : SecurityMode.SANDBOX;
    }

    private static VertexMetadata metadata(StepContext step, Run run, String name, ProcessDraft process) {
        ProcessOptions options = step.process();
        Metadata metadata = step.metadata(name)
                .command(step.statement().text())
                .ignoreCache(step.stage().ignoreCache())
                .linuxResources(options.linuxResources())
                .capability("exec.meta.base")
                .capability("exec.meta.setsdefaultpath");
        process.capabilities().forEach(metadata::capability);
        if (network(step, run) != NetworkMode.UNSET) {
            metadata.capability("exec.meta.network");
        }
        if (security(run) == SecurityMode.INSECURE) {
            metadata.capability("exec.meta.security");
        }
        if (step.proxy().isPresent()) {
            metadata.capability("exec.meta.proxyenv");
        }
        if (!options.ulimits().isEmpty()) {
            metadata.capability("exec.meta.ulimit");
        }
        if (!devices(step, run).isEmpty()) {
            metadata.capability("exec.meta.cdi");
        }
        if (!options.linuxResources().isEmpty()) {
            metadata.capability("exec.meta.linux.resources");
        }
        return metadata.build();
    }

    /** The text with its variables replaced where they are set; quotes stay, and secrets are not shown. */
    private static String name(StepContext step, RunCommand command, RunMounts mounts) {
        Variables variables = masked(step.environment(), mounts.secretVariables());
        String text = step.words().shownCommand(step.statement().text() + command.summary(), variables);
        return step.nextPrefix(step.state().platform()) + text;
    }

    private static Variables masked(Environment environment, Set<String> secrets) {
        return secrets.isEmpty()
                ? environment
                : name -> secrets.contains(name) ? Optional.of("****") : environment.get(name);
    }
}
