package dev.slipway.local.sandbox;

import dev.slipway.executor.ExecutorException;
import dev.slipway.llb.ProcessMeta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The two files of {@code /etc} that a process is given by its sandbox, not by its image. */
public final class NetworkFiles {

    /** BuildKit's name for the machine that a step runs on. */
    static final String DEFAULT_HOSTNAME = "buildkitsandbox";

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    private NetworkFiles() {}

    public static String hostname(ProcessMeta process) {
        return process.hostname().isEmpty() ? DEFAULT_HOSTNAME : process.hostname();
    }

    /** {@code /etc/hosts}. */
    static byte[] hosts(ProcessMeta process) {
        StringBuilder text = new StringBuilder();
        text.append("127.0.0.1\tlocalhost ").append(hostname(process)).append('\n');
        text.append("::1\tlocalhost ip6-localhost ip6-loopback\n");
        process.extraHosts()
                .forEach(extra -> text.append(extra.ip())
                        .append('\t')
                        .append(extra.host())
                        .append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code /etc/resolv.conf}: this machine's, as its network is used too, so that a resolver on loopback can be reached. */
    static byte[] resolvConf() {
        try {
            return Files.readAllBytes(RESOLV_CONF);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new ExecutorException("cannot read " + RESOLV_CONF + ": " + e.getMessage(), e);
        }
    }
}
