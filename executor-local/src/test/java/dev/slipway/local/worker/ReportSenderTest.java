package dev.slipway.local.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.executor.event.StepMonitor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportSenderTest {

    /** All but {@link StepMonitor#runs}, which the process says that started the worker. */
    static List<Method> reports() {
        return Arrays.stream(StepMonitor.class.getMethods())
                .filter(method -> !method.getName().equals("runs"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("reports")
    void whatAStepReportsArrives(Method report) throws Exception {
        Object[] said = Arrays.stream(report.getParameterTypes())
                .map(ReportSenderTest::sample)
                .toArray();
        List<Object> heard = new ArrayList<>();
        StepMonitor listener = (StepMonitor) Proxy.newProxyInstance(
                StepMonitor.class.getClassLoader(), new Class<?>[] {StepMonitor.class}, (proxy, method, arguments) -> {
                    heard.add(method);
                    heard.addAll(List.of(arguments));
                    return null;
                });

        report.invoke(new ReportSender(answer -> ((Answer.Report) sent(answer)).to(listener)), said);

        assertThat(heard).first().isEqualTo(report);
        assertThat(heard.subList(1, heard.size()).toArray()).isEqualTo(said);
    }

    private static Answer sent(Answer answer) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            RecordCodec.write(new DataOutputStream(bytes), Answer.class, answer);
            return (Answer)
                    RecordCodec.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Answer.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object sample(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[1];
        }
        return type == long.class ? 1L << 40 : type == byte[].class ? new byte[] {0, -1, 10} : "text";
    }
}
