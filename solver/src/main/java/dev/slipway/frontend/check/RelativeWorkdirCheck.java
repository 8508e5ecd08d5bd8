package dev.slipway.frontend.check;

import dev.slipway.frontend.path.SystemPath;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.check.Rules;
import dev.slipway.parser.text.GoText;
import dev.slipway.parser.tree.Statement;

/** A first WORKDIR that depends on the working directory of the base image. */
public final class RelativeWorkdirCheck {

    private RelativeWorkdirCheck() {}

    /**
     * @param path the expanded path
     * @param os the system of the image
     */
    public static void run(Checks checks, Statement statement, String path, String os) {
        if (!SystemPath.isAbsolute(path, os)) {
            String detail =
                    "Relative workdir " + GoText.quote(path) + " can have unexpected results if the base image changes";
            checks.report(Rules.WORKDIR_RELATIVE_PATH, detail, statement);
        }
    }
}
