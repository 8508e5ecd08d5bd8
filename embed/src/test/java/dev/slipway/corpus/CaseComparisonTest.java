package dev.slipway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaseComparisonTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MADE =
            "'head': 'sha256:b', 'vertices': [{'digest': 'sha256:a'}, {'digest': 'sha256:b'}]";

    private final Tally tally = new Tally();
    private final List<String> differences = new ArrayList<>();

    private void compare(String expected, String actual) throws IOException {
        new CaseComparison("case", tally, differences::add).compare(result(expected), result(actual));
    }

    private static JsonNode result(String fields) throws IOException {
        String json = "{'runs': [{'results': [{'platform': 'linux/amd64', " + fields + "}]}], 'targets': []}";
        return JSON.readTree(json.replace('\'', '"'));
    }

    @Test
    void ofAReferenceThatHasAHeadAloneHeadsAreCompared() throws Exception {
        compare("'head': 'sha256:b'", MADE);
        assertThat(differences).isEmpty();
        assertThat(tally.line(Kind.GRAPHS, Kind.METADATA)).isEqualTo("graphs equal: 1/1; metadata equal: 0/0");
    }

    @Test
    void anotherHeadIsADifference() throws Exception {
        compare("'head': 'sha256:c'", MADE);
        assertThat(differences).singleElement().asString().contains("GRAPHS", "sha256:c", "sha256:b");
        assertThat(tally.line(Kind.GRAPHS)).isEqualTo("graphs equal: 0/1");
    }

    @Test
    void aHeadThatIsNotThereIsADifference() throws Exception {
        compare("'head': 'sha256:b'", "'image': null");
        compare("'image': null", MADE);
        assertThat(tally.line(Kind.GRAPHS)).isEqualTo("graphs equal: 0/2");
    }

    @Test
    void ofAReferenceThatHasVerticesAllAreCompared() throws Exception {
        compare(MADE, MADE);
        assertThat(tally.line(Kind.GRAPHS, Kind.METADATA)).isEqualTo("graphs equal: 1/1; metadata equal: 1/1");
        compare(MADE.replace("sha256:a", "sha256:c"), MADE);
        assertThat(tally.line(Kind.GRAPHS)).isEqualTo("graphs equal: 1/2");
        assertThat(differences).singleElement().asString().contains("vertex 1 of 2");
    }
}
