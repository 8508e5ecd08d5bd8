package dev.slipway.local.sandbox;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.CHDIR;
import static dev.slipway.local.launch.SystemCall.DUP3;
import static dev.slipway.local.launch.SystemCall.EXECVE;
import static dev.slipway.local.launch.SystemCall.IOCTL;
import static dev.slipway.local.launch.SystemCall.OPENAT;
import static dev.slipway.local.launch.SystemCall.PRCTL;
import static dev.slipway.local.launch.SystemCall.PRLIMIT64;
import static dev.slipway.local.launch.SystemCall.SECCOMP;
import static dev.slipway.local.launch.SystemCall.SETGROUPS;
import static dev.slipway.local.launch.SystemCall.SETHOSTNAME;
import static dev.slipway.local.launch.SystemCall.SETRESGID;
import static dev.slipway.local.launch.SystemCall.SETRESUID;
import static dev.slipway.local.launch.SystemCall.SOCKET;
import static dev.slipway.local.launch.SystemCall.UMASK;

import dev.slipway.llb.ExecOp.NetworkMode;
import dev.slipway.llb.ExecOp.SecurityMode;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.Errno;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.confine.Capabilities;
import dev.slipway.local.sandbox.confine.ResourceLimits;
import dev.slipway.local.sandbox.confine.SeccompFilter;
import dev.slipway.oci.posix.IdMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The last calls of a child, in its root: name, limits, rights, user, and the program. */
public final class ProcessSetup {

    private final ChildProgram program;
    private final SandboxRequest request;
    private final ProcessMeta process;

    public ProcessSetup(ChildProgram program, SandboxRequest request) {
        this.program = program;
        this.request = request;
        this.process = request.process();
    }

    /** Adds the calls that need root's rights. */
    void prepare() {
        String hostname = NetworkFiles.hostname(process);
        int length = hostname.getBytes(StandardCharsets.UTF_8).length;
        program.call("set the host name", SETHOSTNAME, program.text(hostname), length);
        if (request.network() == NetworkMode.NONE) {
            startLoopback();
        }
        for (ProcessMeta.Ulimit limit : process.ulimits()) {
            long values = program.words(limit.soft(), limit.hard());
            program.call("limit " + limit.name(), PRLIMIT64, 0, ResourceLimits.number(limit), values, 0);
        }
        String description = "open /dev/null";
        int input = program.open(description, OPENAT, WORKING_FOLDER, program.text("/dev/null"), Linux.O_RDONLY, 0);
        program.call(description, DUP3, input, 0, 0).close(input);
        program.call("set the file mode mask", UMASK, 0022);
        String folder = request.workingDirectory();
        program.call("enter the working folder " + folder, CHDIR, program.text(folder));
    }

    private void startLoopback() {
        String description = "start the loopback network";
        ByteBuffer settings = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        settings.put("lo".getBytes(StandardCharsets.US_ASCII)).putShort(16, (short) Linux.IFF_UP);
        int socket = program.open(description, SOCKET, Linux.AF_INET, Linux.SOCK_DGRAM, 0);
        program.call(description, IOCTL, socket, Linux.SIOCSIFFLAGS, program.bytes(settings.array()));
        program.close(socket);
    }

    /**
     * Adds the calls that make the child this user with no more rights than a container's process has. In a user namespace that
     * has no such user, root itself becomes him, in yet another one.
     *
     * @return whose the files are that the child writes
     */
    FileOwners become(ProcessUser user) {
        IdMap ids = IdMap.current();
        boolean exists = ids.hasUser(user.uid()) && ids.hasGroup(user.gid());
        if (!exists) {
            UserNamespace.enterAs(program, user);
        }
        boolean confined = request.security() == SecurityMode.SANDBOX;
        long rights = confined ? Capabilities.defaultBits() : Capabilities.currentBits();
        if (confined) {
            // Beyond the last one that the kernel knows, it says EINVAL.
            IntStream.range(0, Long.SIZE)
                    .filter(capability -> (rights & 1L << capability) == 0)
                    .forEach(capability -> program.callUnless(
                            Errno.EINVAL, "drop a capability", PRCTL, Linux.PR_CAPBSET_DROP, capability));
        }
        control("drop ambient capabilities", Linux.PR_CAP_AMBIENT, Linux.PR_CAP_AMBIENT_CLEAR_ALL);
        if (confined) {
            filterSystemCalls(request.provisions().callRights(rights));
        } else {
            control("keep capabilities", Linux.PR_SET_KEEPCAPS, 1);
        }
        if (ids.groupsMayBeSet()) {
            int[] groups = user.allGroups();
            program.call("set the groups", SETGROUPS, groups.length, program.integers(groups));
        }
        program.call("set the group", SETRESGID, user.gid(), user.gid(), user.gid());
        program.call("set the user", SETRESUID, user.uid(), user.uid(), user.uid());
        if (confined) {
            Capabilities.set(program, user.uid() == 0 ? rights : 0, 0);
        } else {
            Capabilities.set(program, rights, rights);
            Capabilities.raise(program, rights);
        }
        // A change of user takes it away.
        control("end with the parent", Linux.PR_SET_PDEATHSIG, Linux.SIGKILL);
        return exists ? FileOwners.REAL : () -> FileOwners.Owner.of(user);
    }

    private void filterSystemCalls(long rights) {
        byte[] filter = SeccompFilter.program(rights);
        if (filter.length > 0) {
            long program =
                    this.program.words(filter.length / SeccompFilter.INSTRUCTION_SIZE, this.program.bytes(filter));
            this.program.call("filter system calls", SECCOMP, Linux.SECCOMP_SET_MODE_FILTER, 0, program);
        }
    }

    private void control(String description, long... arguments) {
        program.call(description, PRCTL, arguments);
    }

    /** Adds the calls that become the program, wherever {@code PATH} finds it. */
    public void execute(List<String> environment) {
        String name = process.arguments().get(0);
        long arguments = program.texts(process.arguments());
        long variables = program.texts(environment);
        List<String> candidates = name.contains("/")
                ? List.of(name)
                : Stream.of(ProcessEnvironment.path(environment).split(":", -1))
                        .map(folder -> (folder.isEmpty() ? "." : folder) + "/" + name)
                        .toList();
        for (String candidate : candidates.subList(0, candidates.size() - 1)) {
            program.callUnless(Errno.ENOENT, candidate, EXECVE, program.text(candidate), arguments, variables);
        }
        String last = candidates.get(candidates.size() - 1);
        program.call(candidates.size() > 1 ? name : last, EXECVE, program.text(last), arguments, variables);
    }
}
