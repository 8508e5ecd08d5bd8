package dev.slipway.local.sandbox;

import dev.slipway.llb.ProcessMeta;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The variables that a process has. */
public final class ProcessEnvironment {

    public static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ProcessEnvironment() {}

    /**
     * {@code NAME=value} each, in the order in which the names first occur.
     *
     * @param home the user's home folder, for a process that sets none
     */
    public static List<String> of(SandboxRequest request, String home) {
        Map<String, String> variables = new LinkedHashMap<>();
        request.process().environment().forEach(variable -> {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        });
        variables.putIfAbsent("PATH", DEFAULT_PATH);
        request.process().proxy().ifPresent(proxy -> addProxy(variables, proxy));
        request.secretEnvironment().forEach(secret -> variables.put(secret.name(), secret.value()));
        request.provisions().devices().environment().forEach(variable -> {
            int equals = variable.indexOf('=');
            variables.put(variable.substring(0, equals), variable.substring(equals + 1));
        });
        variables.merge("HOME", home, (set, other) -> set.isEmpty() ? other : set);

        List<String> environment = new ArrayList<>(variables.size());
        variables.forEach((name, value) -> environment.add(name + "=" + value));
        return List.copyOf(environment);
    }

    /** Programs read one or the other case, so both are set. They count more than what the image sets. */
    private static void addProxy(Map<String, String> variables, ProcessMeta.Proxy proxy) {
        addProxy(variables, "HTTP_PROXY", proxy.http());
        addProxy(variables, "HTTPS_PROXY", proxy.https());
        addProxy(variables, "FTP_PROXY", proxy.ftp());
        addProxy(variables, "NO_PROXY", proxy.no());
        addProxy(variables, "ALL_PROXY", proxy.all());
    }

    private static void addProxy(Map<String, String> variables, String name, String value) {
        if (!value.isEmpty()) {
            variables.put(name, value);
            variables.put(name.toLowerCase(Locale.ROOT), value);
        }
    }

    /** The value of {@code PATH}. */
    static String path(List<String> environment) {
        return environment.stream()
                .filter(variable -> variable.startsWith("PATH="))
                .map(variable -> variable.substring("PATH=".length()))
                .findFirst()
                .orElse(DEFAULT_PATH);
    }
}
