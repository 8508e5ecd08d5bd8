package dev.slipway.frontend.stage;

import dev.slipway.frontend.check.RepeatedInstructionCheck;
import dev.slipway.parser.check.Checks;
import dev.slipway.parser.tree.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The instructions of which only the last one in a stage has an effect: CMD, ENTRYPOINT, HEALTHCHECK. */
final class SingleUse {

    private final Map<String, Statement> last = new HashMap<>(4);

    /**
     * Remembers an instruction, and reports an earlier one, which has no effect now.
     *
     * @param kind its keyword in upper case
     */
    void mark(String kind, Statement statement, Checks checks) {
        Optional.ofNullable(last.put(kind, statement))
                .ifPresent(useless -> RepeatedInstructionCheck.run(checks, statement, useless));
    }

    /** Whether the stage itself has had one of this kind. */
    boolean has(String kind) {
        return last.containsKey(kind);
    }
}
