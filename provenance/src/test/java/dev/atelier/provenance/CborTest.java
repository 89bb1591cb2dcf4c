package dev.atelier.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atelier.provenance.CborWriter.Tagged;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CborTest {
    /** The examples of RFC 8949, appendix A. */
    @Test
    void valuesAreTheBytesOfTheStandard() {
        assertThat(hex(0)).isEqualTo("00");
        assertThat(hex(23)).isEqualTo("17");
        assertThat(hex(24)).isEqualTo("1818");
        assertThat(hex(1000)).isEqualTo("1903e8");
        assertThat(hex(1_000_000)).isEqualTo("1a000f4240");
        assertThat(hex(1_000_000_000_000L)).isEqualTo("1b000000e8d4a51000");
        assertThat(hex(-1)).isEqualTo("20");
        assertThat(hex(-1000)).isEqualTo("3903e7");
        assertThat(hex(true)).isEqualTo("f5");
        assertThat(hex(null)).isEqualTo("f6");
        assertThat(hex(new byte[] {1, 2, 3, 4})).isEqualTo("4401020304");
        assertThat(hex("水")).isEqualTo("63e6b0b4");
        assertThat(hex(List.of(1, List.of(2, 3)))).isEqualTo("8201820203");
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("a", 1);
        map.put("b", List.of(2, 3));
        assertThat(hex(map)).isEqualTo("a26161016162820203");
        assertThat(hex(new Tagged(1, 1_363_896_240))).isEqualTo("c11a514b67b0");
    }

    @Test
    void whatIsWrittenIsRead() throws ProvenanceException {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(33, new byte[] {7});
        map.put("size", 70_000);

        Map<String, Object> read = CborReader.map(CborWriter.write(map), "test");

        assertThat(CborReader.bytes(read, "33", "test")).containsExactly(7);
        assertThat(CborReader.size(read, "size", "test")).isEqualTo(70_000);
        assertThatThrownBy(() -> CborReader.text(read, "size", "test")).hasMessage("test: size: of another kind");
        assertThatThrownBy(() -> CborReader.text(read, "none", "test")).hasMessage("test: none: missing");
    }

    private static String hex(Object value) {
        return HexFormat.of().formatHex(CborWriter.write(value));
    }
}
