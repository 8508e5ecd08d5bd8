package dev.slipway.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers are found by name, behind the class loader of the thread too, whatever else is registered beside them. */
class ExecutorProviderTest {

    private static final String FILE = "META-INF/services/dev.slipway.executor.ExecutorProvider";

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder;

    /** Opens nothing. */
    public static final class Plain implements ExecutorProvider {

        /** For the loader of services. */
        public Plain() {}

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public BuildExecutor open(ExecutorSettings settings) {
            throw new ExecutorException("it opens nothing");
        }
    }

    /** Cannot be made. */
    public static final class Failing implements ExecutorProvider {

        /** For the loader of services. */
        public Failing() {
            throw new IllegalStateException("not today");
        }

        @Override
        public String name() {
            return "failing";
        }

        @Override
        public BuildExecutor open(ExecutorSettings settings) {
            throw new ExecutorException("it opens nothing");
        }
    }

    @BeforeEach
    void lookInTheFolder() throws Exception {
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {folder.toUri().toURL()}, before));
    }

    @AfterEach
    void closeTheLoader() throws Exception {
        ((URLClassLoader) Thread.currentThread().getContextClassLoader()).close();
        Thread.currentThread().setContextClassLoader(before);
    }

    private void register(String... classes) throws Exception {
        Path file = folder.resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", classes) + "\n");
    }

    @Test
    void aProviderIsFoundByItsName() throws Exception {
        register(Plain.class.getName());
        assertThat(ExecutorProvider.named("plain")).isInstanceOf(Plain.class);
    }

    @Test
    void aProviderThatCannotBeLoadedIsNotInTheWayOfOthers() throws Exception {
        register("com.example.Absent", Failing.class.getName(), Plain.class.getName());
        assertThat(ExecutorProvider.named("plain")).isInstanceOf(Plain.class);
    }

    @Test
    void aProviderThatIsMissingIsNamedWithThoseThatAreThere() throws Exception {
        register(Plain.class.getName());
        assertThatThrownBy(() -> ExecutorProvider.named("plane"))
                .isInstanceOf(ExecutorException.class)
                .hasMessage(
                        "there is no executor plane, only plain; add the artifact that provides it to the class path"
                                + " or module path");
    }

    @Test
    void whatCannotBeLoadedIsSaidIfNothingElseHasTheName() throws Exception {
        register("com.example.Absent", Plain.class.getName());
        assertThatThrownBy(() -> ExecutorProvider.named("absent"))
                .isInstanceOf(ExecutorException.class)
                .hasMessageStartingWith("there is no executor absent, only plain; a provider cannot be loaded: ")
                .hasMessageContaining("com.example.Absent")
                .hasCauseInstanceOf(ServiceConfigurationError.class);
    }

    @Test
    void theLocalExecutorHasAnArtifactOfItsOwn() {
        assertThatThrownBy(() -> ExecutorProvider.named("local"))
                .hasMessage(
                        "there is no executor local; add the artifact dev.slipway:slipway-executor-local to the class"
                                + " path or module path");
    }
}
