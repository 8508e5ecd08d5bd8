package dev.slipway.frontend.check;

import dev.slipway.executor.ImageReference;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.shell.ExpansionException;
import dev.slipway.parser.tree.Stage;
import java.util.List;
import java.util.function.UnaryOperator;

/** A base image whose name is invalid unless a build argument is given. */
public final class DefaultBaseCheck {

    private DefaultBaseCheck() {}

    /**
     * @param expander replaces the variables that FROM sees without any build argument
     */
    public static void run(Checks checks, List<Stage> stages, UnaryOperator<String> expander) {
        for (Stage stage : stages) {
            String base;
            try {
                base = expander.apply(stage.from().base());
            } catch (ExpansionException e) {
                return; // The conversion itself fails because of it a little later.
            }
            if (!isReference(base)) {
                checks.report(
                        Rules.INVALID_DEFAULT_ARG_IN_FROM,
                        "Default value for ARG " + stage.from().base() + " results in empty or invalid base image name",
                        stage.from().statement().ranges());
            }
        }
    }

    private static boolean isReference(String text) {
        try {
            ImageReference.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
