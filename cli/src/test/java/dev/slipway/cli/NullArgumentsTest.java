package dev.slipway.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.BuildRequest;
import dev.slipway.SecretSource;
import dev.slipway.Slipway;
import dev.slipway.executor.ByteSize;
import dev.slipway.executor.ImageReference;
import dev.slipway.executor.Output;
import dev.slipway.executor.TimeSpan;
import dev.slipway.executor.cache.EntryFilter;
import dev.slipway.graph.BuildGraph;
import dev.slipway.llb.Bytes;
import dev.slipway.llb.Definition;
import dev.slipway.llb.Digest;
import dev.slipway.llb.Platform;
import dev.slipway.progress.Progress;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What embedders and executors give is named where it is null, and at once. */
class NullArgumentsTest {

    private static final Set<String> PACKAGES = Set.of(
            "dev.slipway",
            "dev.slipway.context",
            "dev.slipway.progress",
            "dev.slipway.lock",
            "dev.slipway.plan",
            "dev.slipway.llb",
            "dev.slipway.executor",
            "dev.slipway.executor.event",
            "dev.slipway.executor.image",
            "dev.slipway.executor.cache");

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(boolean.class, false),
            Map.entry(int.class, 0),
            Map.entry(long.class, 0L),
            Map.entry(String.class, "x"),
            Map.entry(Optional.class, Optional.empty()),
            Map.entry(List.class, List.of()),
            Map.entry(Set.class, Set.of()),
            Map.entry(SortedSet.class, new TreeSet<>()),
            Map.entry(SortedMap.class, new TreeMap<>()),
            Map.entry(Map.class, Map.of()),
            Map.entry(OptionalLong.class, OptionalLong.empty()),
            Map.entry(EntryFilter.class, EntryFilter.ANY),
            Map.entry(Path.class, Path.of("x")),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(Duration.class, Duration.ZERO),
            Map.entry(Bytes.class, Bytes.utf8("x")),
            Map.entry(Digest.class, Digest.sha256("x")),
            Map.entry(Definition.class, Definition.empty()),
            Map.entry(BuildGraph.class, BuildGraph.merge(Map.of())),
            Map.entry(Platform.class, Platform.parse("linux/amd64")));

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> aRecordNamesTheComponentThatIsNull() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.slipway").stream()
                        .filter(type -> PACKAGES.contains(type.getPackageName()) && type.isRecord() && isPublic(type))
                        .map(JavaClass::reflect)
                        .flatMap(NullArgumentsTest::components);
    }

    private static boolean isPublic(JavaClass type) {
        boolean enclosing =
                type.getEnclosingClass().map(NullArgumentsTest::isPublic).orElse(true);
        return type.getModifiers().contains(JavaModifier.PUBLIC) && enclosing;
    }

    private static Stream<DynamicTest> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.getType().isPrimitive())
                .map(component -> DynamicTest.dynamicTest(
                        type.getSimpleName() + "." + component.getName(),
                        () -> assertNamed(component.getName(), () -> make(type, component.getName()))));
    }

    private static Object make(Class<?> type, String missing) throws Throwable {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].getName().equals(missing) ? null : value(components[i].getType());
        }
        Constructor<?> constructor = type.getConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object value(Class<?> type) throws Throwable {
        if (VALUES.containsKey(type)) {
            return VALUES.get(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isRecord()) {
            return make(type, "");
        }
        if (type.isSealed()) {
            return value(type.getPermittedSubclasses()[0]);
        }
        assertThat(type.isInterface()).as("%s has a value here", type).isTrue();
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }

    @Test
    void aMethodNamesTheArgumentThatIsNull() {
        BuildRequest request = BuildRequest.of(folder);
        assertNamed("names", () -> request.platforms((String[]) null));
        assertNamed("platform", () -> request.platforms("linux/amd64", null));
        assertNamed("stages", () -> request.noCacheFilter((String[]) null));
        assertNamed("stage", () -> request.noCacheFilter("build", null));
        assertNamed("names", () -> request.allow((String[]) null));
        assertNamed("file", () -> SecretSource.file(null));
        assertNamed("text", () -> SecretSource.text(null));
        assertNamed("out", () -> Progress.plain(null));
        assertNamed("options", () -> Slipway.open(folder, null));
        assertNamed("directory", () -> Output.ociLayout(null));
        assertNamed("file", () -> Output.ociArchive((Path) null));
        assertNamed("stream", () -> Output.ociArchive((OutputStream) null));
        assertNamed("directory", () -> Output.localDirectory(null));
        assertNamed("attribute", () -> Output.localDirectory(folder).with(null, "x"));
        assertNamed("value", () -> Output.localDirectory(folder).with("x", null));
        assertNamed("text", () -> Platform.parse(null));
        assertNamed("text", () -> Digest.parse(null));
        assertNamed("text", () -> ImageReference.parse(null));
        assertNamed("text", () -> ByteSize.parse(null));
        assertNamed("text", () -> TimeSpan.parse(null));
        assertNamed("content", () -> Bytes.of(null));
        assertNamed("text", () -> Bytes.utf8(null));
    }

    private static void assertNamed(String name, ThrowingCallable call) {
        Throwable failure = requireNonNull(catchThrowable(call), name + " was taken");
        assertThat(failure).isInstanceOf(NullPointerException.class).hasMessage(name + " is null");
    }
}
