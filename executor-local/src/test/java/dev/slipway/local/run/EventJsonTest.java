package dev.slipway.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.event.BuildEvent;
import dev.slipway.executor.event.Step;
import dev.slipway.llb.Digest;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {

    private static final Step STEP = Step.of(Digest.sha256("1"), "[1/1] RUN x", List.of(), List.of(), "local");

    /** All but output, which has a file of its own, and progress, which is not kept. */
    static Stream<Class<?>> kept() {
        return records(BuildEvent.class)
                .filter(type -> type != BuildEvent.Log.class && type != BuildEvent.Advanced.class);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventJsonTest::records)
                : Stream.of(type);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void anEventIsKeptUnderItsName(Class<?> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        BuildEvent event = (BuildEvent) type.getConstructor(
                        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
                .newInstance(Arrays.stream(components)
                        .map(component -> sample(component.getType()))
                        .toArray());

        assertThat(EventJson.of(event))
                .containsEntry("time", "2026-01-01T00:00:00Z")
                .containsEntry("event", type.getSimpleName().toLowerCase(Locale.ROOT));
    }

    private static Object sample(Class<?> type) {
        if (type == Instant.class) {
            return Instant.parse("2026-01-01T00:00:00Z");
        } else if (type == Step.class) {
            return STEP;
        } else if (type == Optional.class) {
            return Optional.empty();
        }
        return type.isEnum() ? type.getEnumConstants()[0] : "text";
    }
}
