package dev.slipway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What makes no sense is refused by the method that is given it, not by the build. */
class BuildRequestTest {

    private static final BuildRequest REQUEST = BuildRequest.of(Path.of("."));

    @Test
    void whatMakesNoSenseIsRefused() {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("the address is empty", () -> BuildRequest.ofUrl(""));
        calls.put("the stage is empty", () -> REQUEST.target(""));
        calls.put("the url is empty", () -> REQUEST.dockerfileUrl(""));
        calls.put("the platform is empty", () -> REQUEST.platforms(""));
        calls.put("the size of /dev/shm is -1", () -> REQUEST.shmSize(-1));
        calls.put("nothing can be allowed by the name 'x'", () -> REQUEST.allow("network.host", "x"));
        calls.forEach((message, call) -> assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message));
        assertThatCode(() -> REQUEST.allow("network.host", "security.insecure", "device", "device=a.com/b=c"))
                .doesNotThrowAnyException();
    }

    @Test
    void whatIsMissingIsNamed() {
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("context is null", () -> BuildRequest.of(null));
        calls.put("address is null", () -> BuildRequest.ofUrl(null));
        calls.put("file is null", () -> REQUEST.dockerfile(null));
        calls.put("url is null", () -> REQUEST.dockerfileUrl(null));
        calls.put("text is null", () -> REQUEST.dockerfileText((byte[]) null));
        calls.put("stage is null", () -> REQUEST.target(null));
        calls.put("platform is null", () -> REQUEST.platforms("linux/amd64", null));
        calls.put("host is null", () -> REQUEST.extraHost(null, "::1"));
        calls.put("ip is null", () -> REQUEST.extraHost("host", null));
        calls.put("limit is null", () -> REQUEST.ulimit(null));
        calls.put("value is null", () -> REQUEST.resource("memory", null));
        calls.put("mode is null", () -> REQUEST.network(null));
        calls.put("parent is null", () -> REQUEST.cgroupParent(null));
        calls.put("name is null", () -> REQUEST.allow((String) null));
        calls.put("output is null", () -> REQUEST.output(null));
        calls.forEach((message, call) -> assertThatThrownBy(call)
                .as(message)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(message));
    }
}
