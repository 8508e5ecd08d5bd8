package dev.slipway.frontend.convert;

import dev.slipway.frontend.check.ExposeCheck;
import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.GoFormat;
import dev.slipway.frontend.value.PortSpec;
import dev.slipway.parser.tree.Expose;
import java.util.ArrayList;
import java.util.List;

/** {@code EXPOSE}: ports that containers listen on. */
final class ExposeConverter {

    /** A range of a few characters can name thousands of ports. */
    private static final int COST_OF_PORT = 1024;

    private ExposeConverter() {}

    static void convert(StepContext step, Expose expose) {
        List<String> words = new ArrayList<>();
        for (String port : expose.ports()) {
            words.addAll(step.words().split(port));
        }
        List<String> ports = new ArrayList<>();
        for (String word : words) {
            PortSpec port = PortSpec.parse(word);
            ExposeCheck.run(step.checks(), step.statement(), port);
            List<String> exposed = port.exposed();
            step.words().grow((long) COST_OF_PORT * exposed.size());
            ports.addAll(exposed);
        }
        ports.forEach(step.image()::expose);
        String history = "EXPOSE " + GoFormat.list(ports);
        step.words().grow(history.length());
        step.commit(history, false);
    }
}
