package dev.slipway.check;

import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rule;
import dev.slipway.parser.shell.Expansion;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.shell.ShellWords;
import dev.slipway.parser.shell.Variables;
import dev.slipway.parser.tree.Add;
import dev.slipway.parser.tree.Arg;
import dev.slipway.parser.tree.Copy;
import dev.slipway.parser.tree.Env;
import dev.slipway.parser.tree.Expose;
import dev.slipway.parser.tree.Heredoc;
import dev.slipway.parser.tree.Instruction;
import dev.slipway.parser.tree.KeyValue;
import dev.slipway.parser.tree.Label;
import dev.slipway.parser.tree.Run;
import dev.slipway.parser.tree.Stage;
import dev.slipway.parser.tree.StopSignal;
import dev.slipway.parser.tree.User;
import dev.slipway.parser.tree.Volume;
import dev.slipway.parser.tree.Workdir;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * {@code $TARGETARCH} in a stage that has no {@code ARG TARGETARCH}: it is empty there, and the shell says nothing. BuildKit's
 * own check for undefined variables does not look into commands.
 */
final class UndeclaredPlatformArgument implements PlatformCheck {

    private static final Rule RULE = new Rule(
            "UndeclaredPlatformArg",
            "Automatic platform arguments should be declared in the stages that use them",
            "",
            false);

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void run(CheckedBuild build, Checks checks) {
        ShellWords words = ShellWords.of(build.dockerfile().escape());
        Map<Stage, Stage> parents = build.parents();
        for (Stage stage : build.dockerfile().stages()) {
            Set<String> known = declared(stage, parents);
            for (Instruction instruction : stage.instructions()) {
                for (String name : used(instruction, words)) {
                    if (known.add(name)) {
                        checks.report(
                                RULE,
                                name + " is used in a stage that does not declare it, so it is empty; add 'ARG " + name
                                        + "' to the stage",
                                instruction.statement());
                    }
                }
            }
        }
    }

    /** What ARG and ENV of the stage, or of those it stands on, declare anywhere. */
    private static Set<String> declared(Stage stage, Map<Stage, Stage> parents) {
        Set<String> names = new HashSet<>();
        for (Stage ancestor = stage; ancestor != null; ancestor = parents.get(ancestor)) {
            for (Instruction instruction : ancestor.instructions()) {
                if (instruction instanceof Arg arg) {
                    arg.variables().forEach(variable -> names.add(variable.name()));
                } else if (instruction instanceof Env env) {
                    env.pairs().stream().map(KeyValue::key).forEach(names::add);
                }
            }
        }
        return names;
    }

    private static Set<String> used(Instruction instruction, ShellWords words) {
        if (instruction instanceof Run run) {
            return usedBy(run);
        }
        boolean expands = instruction instanceof Add
                || instruction instanceof Arg
                || instruction instanceof Copy
                || instruction instanceof Env
                || instruction instanceof Expose
                || instruction instanceof Label
                || instruction instanceof StopSignal
                || instruction instanceof User
                || instruction instanceof Volume
                || instruction instanceof Workdir;
        return expands ? usedIn(instruction.statement().text(), words) : Set.of();
    }

    /** What expansion would look up; quotes and escapes count. */
    private static Set<String> usedIn(String text, ShellWords words) {
        try {
            Expansion expansion = words.expand(text, Variables.none());
            Set<String> names = new LinkedHashSet<>(expansion.unmatched());
            names.removeIf(name -> !AutomaticArguments.contains(name));
            return names;
        } catch (ExpansionException e) {
            return AutomaticArguments.in(text);
        }
    }

    /** What the shell would look up, but for what the command sets itself. */
    private static Set<String> usedBy(Run run) {
        StringBuilder text = new StringBuilder(run.statement().text());
        for (Heredoc heredoc : run.heredocs()) {
            text.append('\n').append(heredoc.content());
        }
        Set<String> names = AutomaticArguments.in(text.toString());
        names.removeIf(name -> isSet(name, text));
        return names;
    }

    private static boolean isSet(String name, CharSequence text) {
        return Pattern.compile("(?:^|[\\s;&|(\"'])" + name + "=|\\bread\\s(?:-\\S+\\s+)*+" + name + "\\b|\\bfor\\s+"
                        + name + "\\s+in\\b")
                .matcher(text)
                .find();
    }
}
