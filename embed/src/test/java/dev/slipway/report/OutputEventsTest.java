package dev.slipway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.StepMonitor;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutputEventsTest {

    /** All but {@link StepMonitor#runs}: writing outputs runs no process. */
    static List<Method> reports() {
        return Arrays.stream(StepMonitor.class.getMethods())
                .filter(method -> !method.getName().equals("runs"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void whatAnOutputReportsBecomesAnEventWithoutCredentials(Method report) throws Exception {
        List<BuildEvent> events = new ArrayList<>();

        report.invoke(
                new OutputEvents(events::add, Clock.systemUTC()),
                Arrays.stream(report.getParameterTypes())
                        .map(OutputEventsTest::sample)
                        .toArray());

        assertThat(events).hasSize(1);
        assertThat(events.toString()).doesNotContain("hunter2");
    }

    private static Object sample(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return type == long.class ? 1L : type == byte[].class ? new byte[1] : "https://user:hunter2@host/file";
    }
}
