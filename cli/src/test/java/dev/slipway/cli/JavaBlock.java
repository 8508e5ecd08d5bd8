package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A block of Java in a text. Statements become the main method of a class named {@code Block}, which imports what examples leave
 * out; a type is compiled as it stands.
 */
record JavaBlock(String code) {

    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(?:public |final |abstract )*(?:class|record|interface) (\\w+)", Pattern.MULTILINE);
    private static final List<String> IMPORTED = List.of(
            "dev.slipway",
            "dev.slipway.context",
            "dev.slipway.executor",
            "dev.slipway.executor.event",
            "dev.slipway.executor.image",
            "dev.slipway.plan",
            "dev.slipway.progress",
            "java.nio.file",
            "java.util");

    /** The blocks of a file, in their order. */
    static List<JavaBlock> in(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file))
                .results()
                .map((MatchResult block) -> new JavaBlock(block.group(1)))
                .toList();
    }

    private String imports() {
        return Stream.concat(
                        IMPORTED.stream().map(name -> "import " + name + ".*;"),
                        code.lines().filter(line -> line.startsWith("import ")))
                .collect(Collectors.joining("\n"));
    }

    private String body() {
        return code.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    }

    /** Compiles it against the class path of the tests, with all warnings that the build has. */
    void compile(Path folder) throws IOException {
        Matcher type = TYPE.matcher(code);
        boolean isType = type.find();
        String name = isType ? type.group(1) : "Block";
        String source = isType
                ? body()
                : "public final class Block {\n    public static void main(String... args) throws Exception {\n"
                        + body() + "\n    }\n}\n";
        Path file = Files.writeString(folder.resolve(name + ".java"), imports() + "\n" + source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-d", folder.toString(), "-classpath", System.getProperty("java.class.path"), "-proc:none", "-Werror");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiles = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjects(file.toFile()))
                    .call();
            assertThat(compiles).as(messages + "\n" + source).isTrue();
        }
    }
}
