package dev.slipway.solver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.StepMonitor;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Edge;
import dev.slipway.llb.Vertex;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReporterTest {

    static List<Method> reports() {
        return List.of(StepMonitor.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("reports")
    void whatAStepReportsBecomesAnEventWithoutCredentials(Method report) throws Exception {
        Vertex vertex = Graphs.source("docker-image://a");
        BuildGraph graph = BuildGraph.merge(Map.of(Graphs.AMD64, Definition.of(new Edge(vertex, 0))));
        List<BuildEvent> events = new ArrayList<>();
        StepMonitor monitor = new Reporter(graph, "local", events::add, Clock.systemUTC()).monitor(vertex);
        // The name of a sandbox is ours.
        String text = report.getName().equals("runs") ? "crun" : "https://user:hunter2@host/file";

        report.invoke(
                monitor,
                Arrays.stream(report.getParameterTypes())
                        .map(type -> sample(type, text))
                        .toArray());

        assertThat(events).isNotEmpty();
        assertThat(events.toString()).doesNotContain("hunter2");
    }

    private static Object sample(Class<?> type, String text) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type == Optional.class) {
            return Optional.empty();
        }
        return type == long.class ? 1L : type == byte[].class ? new byte[1] : text;
    }
}
