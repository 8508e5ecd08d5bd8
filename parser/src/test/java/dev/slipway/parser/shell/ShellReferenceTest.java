package dev.slipway.parser.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.parser.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference's own tables of words. */
class ShellReferenceTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("PWD", "/home", "SHELL", "bash", "KOREAN", "한국어", "NULL", "");

    @Test
    void everyRowOfTheExpansionTableHolds() throws IOException {
        List<String> failures = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(Reference.path("shell/env-expansion.txt"))) {
            String row = line.startsWith("#") ? "" : line.strip();
            if (row.isEmpty()) {
                continue;
            }
            String[] columns = row.split("\\|", 2);
            int bar = columns[1].lastIndexOf('|');
            String word = columns[1].substring(0, bar).strip();
            String expected = columns[1].substring(bar + 1).strip();
            boolean windows = columns[0].equals("W");
            Variables variables = windows ? Variables.ignoringCase(ENVIRONMENT) : Variables.of(ENVIRONMENT);
            String actual = expand(word, variables);
            if (!actual.equals(expected)) {
                failures.add(row + " -> " + actual);
            }
            rows++;
        }
        assertThat(failures).isEmpty();
        assertThat(rows).isGreaterThan(200);
    }

    @Test
    void everyRowOfTheWordTableHolds() throws IOException {
        List<String> failures = new ArrayList<>();
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(Reference.path("shell/words.txt"))) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("ENV ")) {
                String[] pair = line.substring(4).stripLeading().split("=", 2);
                environment.put(pair[0], pair[1]);
                continue;
            }
            String[] columns = line.split("\\|", 2);
            String actual = words(columns[0].strip(), Variables.of(environment));
            if (!actual.equals(columns[1].stripLeading())) {
                failures.add(line + " -> " + actual);
            }
        }
        assertThat(failures).isEmpty();
    }

    private static String expand(String word, Variables variables) {
        try {
            return ShellWords.of('\\').expand(word, variables).text();
        } catch (ExpansionException e) {
            return "error";
        }
    }

    private static String words(String text, Variables variables) {
        try {
            return String.join(",", ShellWords.of('\\').words(text, variables));
        } catch (ExpansionException e) {
            return "error";
        }
    }
}
