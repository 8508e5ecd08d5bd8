package dev.slipway.parser.tree;

/** One instruction of a Dockerfile. */
public sealed interface Instruction
        permits Add,
                Arg,
                Cmd,
                Copy,
                Entrypoint,
                Env,
                Expose,
                From,
                Healthcheck,
                Label,
                Maintainer,
                OnBuild,
                Run,
                Shell,
                StopSignal,
                User,
                Volume,
                Workdir {

    /** How and where this instruction was written. */
    Statement statement();

    /** Calls the visitor's method for this kind of instruction. */
    <R> R accept(Visitor<R> visitor);

    /**
     * A case for each instruction.
     *
     * @param <R> the result of a case
     */
    interface Visitor<R> {

        R visitAdd(Add add);

        R visitArg(Arg arg);

        R visitCmd(Cmd cmd);

        R visitCopy(Copy copy);

        R visitEntrypoint(Entrypoint entrypoint);

        R visitEnv(Env env);

        R visitExpose(Expose expose);

        R visitFrom(From from);

        R visitHealthcheck(Healthcheck healthcheck);

        R visitLabel(Label label);

        R visitMaintainer(Maintainer maintainer);

        R visitOnBuild(OnBuild onBuild);

        R visitRun(Run run);

        R visitShell(Shell shell);

        R visitStopSignal(StopSignal stopSignal);

        R visitUser(User user);

        R visitVolume(Volume volume);

        R visitWorkdir(Workdir workdir);
    }
}
