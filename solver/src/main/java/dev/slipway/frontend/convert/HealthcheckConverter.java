package dev.slipway.frontend.convert;

import dev.slipway.frontend.stage.StepContext;
import dev.slipway.frontend.value.GoFormat;
import dev.slipway.oci.config.HealthcheckConfig;
import dev.slipway.parser.tree.Healthcheck;

/** {@code HEALTHCHECK}: how to test whether a container is healthy. */
final class HealthcheckConverter {

    private HealthcheckConverter() {}

    static void convert(StepContext step, Healthcheck check) {
        step.markSingleUse("HEALTHCHECK");
        step.image()
                .healthcheck(new HealthcheckConfig(
                        check.test(),
                        check.interval(),
                        check.timeout(),
                        check.startPeriod(),
                        check.startInterval(),
                        check.retries()));
        step.commit("HEALTHCHECK " + describe(check), false);
    }

    private static String describe(Healthcheck check) {
        return "{Test:" + GoFormat.list(check.test())
                + " Interval:" + GoFormat.duration(check.interval())
                + " Timeout:" + GoFormat.duration(check.timeout())
                + " StartPeriod:" + GoFormat.duration(check.startPeriod())
                + " StartInterval:" + GoFormat.duration(check.startInterval())
                + " Retries:" + check.retries() + "}";
    }
}
