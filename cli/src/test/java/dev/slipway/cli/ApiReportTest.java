package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each module promises is written down in its {@code api.txt}: every public or protected member of the packages that it exports
 * to all. A change of it is a change of that file, which {@code -Dslipway.api.update=true} writes.
 */
class ApiReportTest {

    private static final Path ROOT = Path.of(System.getProperty("slipway.root"));
    private static final int SEEN = Modifier.PUBLIC | Modifier.PROTECTED;

    @ParameterizedTest
    @ValueSource(strings = {"parser", "executor-spi", "oci", "solver", "embed", "executor-local", "executor-testkit"})
    void whatAModulePromisesChangesOnlyWithItsReport(String module) throws Exception {
        String found = String.join("\n", report(ROOT.resolve(module).resolve("target/classes"))) + "\n";
        Path report = ROOT.resolve(module).resolve("api.txt");
        if (Boolean.getBoolean("slipway.api.update")) {
            Files.writeString(report, found);
        }
        assertThat(found)
                .as(
                        "the API of %s; if the change is meant, run this test with -Dslipway.api.update=true and commit %s",
                        module, ROOT.relativize(report))
                .isEqualTo(Files.readString(report));
    }

    /** Whoever catches a failure can tell its causes apart. */
    @Test
    void theDocumentedCausesOfAFailureArePromised() throws Exception {
        String source = Files.readString(ROOT.resolve("embed/src/main/java/dev/slipway/BuildException.java"));
        List<String> causes = Pattern.compile("\\{@code[\\s*]+(\\w+Exception)}")
                .matcher(source)
                .results()
                .map((MatchResult cause) -> cause.group(1))
                .toList();
        StringBuilder promised = new StringBuilder();
        for (String module : List.of("parser", "executor-spi", "solver", "embed")) {
            promised.append(Files.readString(ROOT.resolve(module).resolve("api.txt")));
        }
        assertThat(causes)
                .hasSizeGreaterThan(5)
                .allSatisfy(cause -> assertThat(promised).containsPattern("(?m)^[\\w.]+\\." + cause + " = public "));
    }

    private static SortedSet<String> report(Path classes) throws Exception {
        SortedSet<String> lines = new TreeSet<>();
        ModuleDescriptor descriptor;
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            descriptor = ModuleDescriptor.read(in);
        }
        for (Exports exported : descriptor.exports()) {
            if (!exported.isQualified()) {
                for (Class<?> type : types(classes, exported.source())) {
                    add(type, lines);
                }
            }
        }
        return lines;
    }

    private static List<Class<?>> types(Path classes, String name) throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.list(classes.resolve(name.replace('.', '/')))) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
                    .map(file -> name + "." + file.substring(0, file.length() - ".class".length()))
                    .sorted()
                    .toList();
        }
        List<Class<?>> types = new ArrayList<>();
        for (String type : names) {
            Class<?> found = Class.forName(type, false, ApiReportTest.class.getClassLoader());
            if (isPromised(found)) {
                types.add(found);
            }
        }
        return types;
    }

    private static boolean isPromised(Class<?> type) {
        boolean enclosing = type.getEnclosingClass() == null || isPromised(type.getEnclosingClass());
        return (type.getModifiers() & SEEN) != 0 && enclosing && !type.isAnonymousClass() && !type.isLocalClass();
    }

    private static void add(Class<?> type, SortedSet<String> lines) {
        String parents = Stream.concat(
                        Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .filter(name -> !name.equals("java.lang.Object"))
                .collect(Collectors.joining(", "));
        lines.add(type.getName() + " = " + type.toGenericString() + (parents.isEmpty() ? "" : " : " + parents));
        for (Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & SEEN) != 0) {
                lines.add(type.getName() + ": " + field.toGenericString());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            addUnlessHidden(type, constructor, lines);
        }
        // Callers see what it has of classes that they do not see as its own.
        for (Class<?> part = type; part == type || isHidden(part); part = part.getSuperclass()) {
            for (Method method : part.getDeclaredMethods()) {
                addUnlessHidden(type, method, lines);
            }
        }
    }

    private static boolean isHidden(Class<?> type) {
        return type != null && type.getName().startsWith("dev.slipway.") && !isPromised(type);
    }

    private static void addUnlessHidden(Class<?> type, Executable member, SortedSet<String> lines) {
        if ((member.getModifiers() & SEEN) != 0 && !member.isSynthetic()) {
            lines.add(type.getName() + ": " + member.toGenericString());
        }
    }
}
