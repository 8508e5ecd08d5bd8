package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvFieldsTest {

    @Test
    void aQuotedFieldMayHaveCommasAndQuotesInIt() {
        assertThat(CsvFields.split("-o", "type=oci,\"name=a:1,b:2\",dest=x"))
                .containsExactly("type=oci", "name=a:1,b:2", "dest=x");
        assertThat(CsvFields.split("-o", "\"dest=a\"\"b\"\",c\"")).containsExactly("dest=a\"b\",c");
        assertThat(CsvFields.split("-o", "a,,\"\",")).containsExactly("a", "", "", "");
    }

    @Test
    void keysMayBeInAnyCaseAndHaveSpacesAroundThem() {
        assertThat(CsvFields.pairs("-o", "TYPE=oci, Dest =a=b"))
                .hasSize(2)
                .containsEntry("type", "oci")
                .containsEntry("dest", "a=b");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '!',
            delimiter = '|',
            value = {
                "dest=\"a,b\" | the quote in 'dest=\"a' does not begin the field; quote all of it: \"key=a,b\"",
                "\"dest=a | a quote is not closed",
                "\"dest=a\"b | after the closing quote of \"dest=a\" there must be a comma",
                "dest | 'dest' is not of the form key=value"
            })
    void whatIsNoCsvIsRefused(String text, String message) {
        assertThatThrownBy(() -> CsvFields.pairs("-o", text))
                .isInstanceOf(UsageException.class)
                .hasMessage("-o " + text + ": " + message);
    }
}
