package dev.slipway.frontend.convert;

import dev.slipway.frontend.stage.StepContext;
import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.Cmd;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Entrypoint;
import dev.slipway.parser.tree.Env;
import dev.slipway.parser.tree.Expose;
import dev.slipway.parser.tree.From;
import dev.slipway.parser.tree.Healthcheck;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.Label;
import dev.slipway.parser.tree.Maintainer;
import dev.slipway.parser.tree.OnBuild;
import dev.slipway.parser.tree.Run;
import dev.slipway.parser.tree.Shell;
import dev.slipway.parser.tree.StopSignal;
import dev.slipway.parser.tree.User;
import dev.slipway.parser.tree.Volume;
import dev.slipway.parser.tree.Workdir;

/** Hands each instruction to its converter. */
final class StepConverter implements Instruction.Visitor<Void> {

    private final StepContext step;

    StepConverter(StepContext step) {
        this.step = step;
    }

    @Override
    public Void visitAdd(Add add) {
        AddConverter.convert(step, add);
        return null;
    }

    @Override
    public Void visitArg(Arg arg) {
        ArgConverter.convert(step, arg);
        return null;
    }

    @Override
    public Void visitCmd(Cmd cmd) {
        CmdConverter.convert(step, cmd);
        return null;
    }

    @Override
    public Void visitCopy(Copy copy) {
        CopyConverter.convert(step, copy);
        return null;
    }

    @Override
    public Void visitEntrypoint(Entrypoint entrypoint) {
        EntrypointConverter.convert(step, entrypoint);
        return null;
    }

    @Override
    public Void visitEnv(Env env) {
        EnvConverter.convert(step, env);
        return null;
    }

    @Override
    public Void visitExpose(Expose expose) {
        ExposeConverter.convert(step, expose);
        return null;
    }

    /** FROM starts a stage and is not a step. */
    @Override
    public Void visitFrom(From from) {
        return null;
    }

    @Override
    public Void visitHealthcheck(Healthcheck healthcheck) {
        HealthcheckConverter.convert(step, healthcheck);
        return null;
    }

    @Override
    public Void visitLabel(Label label) {
        LabelConverter.convert(step, label);
        return null;
    }

    @Override
    public Void visitMaintainer(Maintainer maintainer) {
        MaintainerConverter.convert(step, maintainer);
        return null;
    }

    @Override
    public Void visitOnBuild(OnBuild onBuild) {
        step.image().addTrigger(onBuild.expression());
        return null;
    }

    @Override
    public Void visitRun(Run run) {
        RunConverter.convert(step, run);
        return null;
    }

    @Override
    public Void visitShell(Shell shell) {
        ShellConverter.convert(step, shell);
        return null;
    }

    @Override
    public Void visitStopSignal(StopSignal stopSignal) {
        StopSignalConverter.convert(step, stopSignal);
        return null;
    }

    @Override
    public Void visitUser(User user) {
        UserConverter.convert(step, user);
        return null;
    }

    @Override
    public Void visitVolume(Volume volume) {
        VolumeConverter.convert(step, volume);
        return null;
    }

    @Override
    public Void visitWorkdir(Workdir workdir) {
        WorkdirConverter.convert(step, workdir);
        return null;
    }
}
