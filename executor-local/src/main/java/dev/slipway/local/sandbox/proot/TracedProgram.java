package dev.slipway.local.sandbox.proot;

import static dev.slipway.local.launch.ChildProgram.WORKING_FOLDER;
import static dev.slipway.local.launch.SystemCall.CHDIR;
import static dev.slipway.local.launch.SystemCall.DUP3;
import static dev.slipway.local.launch.SystemCall.EXECVE;
import static dev.slipway.local.launch.SystemCall.EXIT_GROUP;
import static dev.slipway.local.launch.SystemCall.MOUNT;
import static dev.slipway.local.launch.SystemCall.OPENAT;
import static dev.slipway.local.launch.SystemCall.PRCTL;
import static dev.slipway.local.launch.SystemCall.PRLIMIT64;
import static dev.slipway.local.launch.SystemCall.SECCOMP;
import static dev.slipway.local.launch.SystemCall.SETSID;
import static dev.slipway.local.launch.SystemCall.UMASK;
import static dev.slipway.local.launch.SystemCall.UNLINKAT;
import static dev.slipway.local.launch.SystemCall.UNSHARE;
import static dev.slipway.local.launch.SystemCall.WAIT4;
import static dev.slipway.local.launch.SystemCall.WRITE;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.ProcessMeta;
import dev.slipway.local.launch.ChildProgram;
import dev.slipway.local.launch.FailedCall;
import dev.slipway.local.launch.Launcher;
import dev.slipway.local.launch.Linux;
import dev.slipway.local.sandbox.Messages;
import dev.slipway.local.sandbox.ProcessSetup;
import dev.slipway.local.sandbox.SandboxMount;
import dev.slipway.local.sandbox.SandboxRequest;
import dev.slipway.local.sandbox.confine.Capabilities;
import dev.slipway.local.sandbox.confine.Masks;
import dev.slipway.local.sandbox.confine.ResourceLimits;
import dev.slipway.local.sandbox.confine.SeccompFilter;
import dev.slipway.local.supervision.LandlockDomain;
import dev.slipway.local.supervision.Supervisor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two lists of calls: one leads from this program to the tracer, the other, in a launcher that is traced already, to the process.
 */
final class TracedProgram {

    /** The launcher, as it is seen in the root until it has read its list. */
    static final String LAUNCHER = "/dev/.launcher";

    /** The pipe through which the end of the process is told. */
    static final String STATUS = "/dev/.status";

    private static final long ANY_CHILD = -1;

    /** The connection with the supervisor: the first descriptor when all have been closed. The tracer passes it on. */
    private static final int CONNECTION = 3;

    private final SandboxRequest request;
    private final TracedUser user;
    private final RootRights rights;
    private final Optional<LandlockDomain> domain;
    private final ChildProgram outer;
    private final ChildProgram inner;
    private int prepared;

    /**
     * @param user whom the process runs as
     * @param rights what of root's rights there are
     * @param domain what keeps the process from others, if there is such a thing
     */
    TracedProgram(
            Launcher launcher,
            SandboxRequest request,
            TracedUser user,
            RootRights rights,
            Optional<LandlockDomain> domain) {
        this.request = request;
        this.user = user;
        this.rights = rights;
        this.domain = domain;
        this.outer = launcher.program();
        this.inner = launcher.program();
    }

    /**
     * The calls of a child.
     *
     * @param folder the working folder of the tracer
     * @param tracer arguments of the tracer, the name of the program first
     * @param variables the environment of the tracer
     * @param environment the environment of the process
     * @param reachable the files and folders of this machine that the process may reach
     */
    ChildProgram build(
            StepFolder folder,
            List<String> tracer,
            List<String> variables,
            List<String> environment,
            Set<Path> reachable) {
        trace(environment);
        start(folder, tracer, variables, reachable);
        return outer;
    }

    /** What to say of a call that failed. */
    ExecutorException message(FailedCall call) {
        return call.position() < outer.length() + prepared
                ? Messages.notPrepared(request, call)
                : Messages.notExecuted(request, call);
    }

    /** If this JVM ends, the first child does, and the tracer kills all at its signal. */
    private void start(StepFolder folder, List<String> tracer, List<String> variables, Set<Path> reachable) {
        request.provisions().enterGroups(outer);
        outer.call("leave the terminal", SETSID);
        outer.call("end with the parent", PRCTL, Linux.PR_SET_PDEATHSIG, Linux.SIGKILL);
        outer.fork("start a process", 0);
        outer.call("end with the parent", PRCTL, Linux.PR_SET_PDEATHSIG, Linux.SIGABRT);
        outer.giveList(inner);
        outer.call("set the file mode mask", UMASK, 0022);
        outer.call("enter the folder of the step", CHDIR, outer.text(folder.path()));
        outer.closeAll();
        if (isSupervised()) {
            Supervisor.connect(outer);
        }
        outer.call("drop ambient capabilities", PRCTL, Linux.PR_CAP_AMBIENT, Linux.PR_CAP_AMBIENT_CLEAR_ALL);
        if (rights.mayMount()) {
            protectMachine();
        }
        domain.ifPresent(domain -> domain.make(outer, reachable));
        user.prepareTracer(outer);
        outer.call("give up new rights", PRCTL, Linux.PR_SET_NO_NEW_PRIVS, 1);
        filter(outer, SeccompFilter.program(request.provisions().callRights(Capabilities.defaultBits())));
        filter(outer, ProotFilter.program(request.network(), user.owners(), devices()));
        outer.call(
                "run " + tracer.get(0), EXECVE, outer.text(tracer.get(0)), outer.texts(tracer), outer.texts(variables));
    }

    private ProotFilter.Devices devices() {
        if (!rights.mayMakeDevices()) {
            return ProotFilter.Devices.NONE;
        }
        return request.provisions().restrictsDevices() ? ProotFilter.Devices.ALL : ProotFilter.Devices.HARMLESS;
    }

    /** Where nothing can be mounted, whoever runs containers has done so. */
    private void protectMachine() {
        outer.call("make a mount namespace", UNSHARE, Linux.CLONE_NEWNS);
        outer.call("make mounts private", MOUNT, 0, outer.text("/"), 0, Linux.MS_REC | Linux.MS_PRIVATE, 0);
        Masks.READ_ONLY.forEach(path -> Masks.protect(outer, path));
        Masks.protect(outer, "/sys");
        for (SandboxMount mount : request.mounts()) {
            if (mount.source() instanceof SandboxMount.Folder cache) {
                Masks.restrict(outer, cache.folder().toString(), Linux.MOUNT_ATTR_NODEV);
            }
        }
    }

    private boolean isSupervised() {
        return user.owners() == ProotFilter.Owners.SUPERVISED;
    }

    private static void filter(ChildProgram program, byte[] filter) {
        if (filter.length > 0) {
            long words = program.words(filter.length / SeccompFilter.INSTRUCTION_SIZE, program.bytes(filter));
            program.call("filter system calls", SECCOMP, Linux.SECCOMP_SET_MODE_FILTER, 0, words);
        }
    }

    /** One child becomes the process, and its end is told. */
    private void trace(List<String> environment) {
        ProcessMeta process = request.process();
        if (isSupervised()) {
            inner.inherit(CONNECTION);
        }
        domain.ifPresent(domain -> LandlockDomain.inherit(inner));
        String description = "open the pipe of the sandbox";
        long flags = Linux.O_WRONLY | Linux.O_CLOEXEC;
        int status = inner.open(description, OPENAT, WORKING_FOLDER, inner.text(STATUS), flags, 0);
        for (String path : List.of(LAUNCHER, STATUS)) {
            inner.call("hide the sandbox", UNLINKAT, WORKING_FOLDER, inner.text(path), 0);
        }
        inner.aside("start the process", () -> {
            inner.call("leave the terminal", SETSID);
            for (ProcessMeta.Ulimit limit : process.ulimits()) {
                long values = inner.words(limit.soft(), limit.hard());
                inner.call("limit " + limit.name(), PRLIMIT64, 0, ResourceLimits.number(limit), values, 0);
            }
            String empty = "open /dev/null";
            int input = inner.open(empty, OPENAT, WORKING_FOLDER, inner.text("/dev/null"), Linux.O_RDONLY, 0);
            inner.call(empty, DUP3, input, 0, 0).close(input);
            String folder = request.workingDirectory();
            inner.call("enter the working folder " + folder, CHDIR, inner.text(folder));
            user.become(inner);
            domain.ifPresent(domain -> LandlockDomain.enter(inner));
            if (isSupervised()) {
                Supervisor.listen(inner, CONNECTION, ProotFilter.supervising(OwnerCalls.all()));
            }
            prepared = inner.length();
            new ProcessSetup(inner, request).execute(environment);
        });
        long word = inner.words(0);
        inner.call("wait for the process", WAIT4, ANY_CHILD, word, 0, 0);
        inner.call("tell the end of the process", WRITE, status, word, Integer.BYTES);
        inner.call("end", EXIT_GROUP, 0);
    }
}
