package dev.slipway.oci.layer;

import dev.slipway.oci.InvalidImageException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The records of a PAX extended header: {@code LENGTH KEY=VALUE\n}, the length counting the whole record. Values are bytes
 * and stay so: a file capability is no text.
 */
final class PaxRecords {

    private static final Set<String> PARTS_OF_MAP =
            Set.of(TarFormat.PAX_SPARSE + "offset", TarFormat.PAX_SPARSE + "numbytes");

    private PaxRecords() {}

    static Map<String, byte[]> parse(byte[] data) throws InvalidImageException {
        Map<String, byte[]> records = new LinkedHashMap<>();
        int at = 0;
        while (at < data.length) {
            int length = 0;
            int i = at;
            while (i < data.length && i < at + 8 && data[i] >= '0' && data[i] <= '9') {
                length = length * 10 + data[i++] - '0';
            }
            int end = at + length;
            if (i == at || i >= data.length || data[i] != ' ' || end > data.length || end <= i + 1) {
                throw damaged();
            }
            int equals = i + 1;
            while (equals < end && data[equals] != '=') {
                equals++;
            }
            if (data[end - 1] != '\n' || equals >= end - 1 || equals == i + 1) {
                throw damaged();
            }
            String key = UnixText.decode(Arrays.copyOfRange(data, i + 1, equals));
            add(key, Arrays.copyOfRange(data, equals + 1, end - 1), records);
            at = end;
        }
        return records;
    }

    /** The oldest format for holes has one record of the same name for each number. They become one list. */
    private static void add(String key, byte[] value, Map<String, byte[]> records) {
        if (PARTS_OF_MAP.contains(key)) {
            records.merge(SparseMaps.MAP, value, PaxRecords::joined);
        } else {
            records.put(key, value);
        }
    }

    private static byte[] joined(byte[] list, byte[] more) {
        byte[] longer = Arrays.copyOf(list, list.length + 1 + more.length);
        longer[list.length] = ',';
        System.arraycopy(more, 0, longer, list.length + 1, more.length);
        return longer;
    }

    static byte[] format(Map<String, byte[]> records) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        records.forEach((key, value) -> {
            byte[] name = UnixText.encode(key);
            int content = name.length + value.length + 3;
            int length = content + Integer.toString(content).length();
            // The digits of the length count too, and may make it one digit longer.
            length = content + Integer.toString(length).length();
            data.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
            data.write(' ');
            data.writeBytes(name);
            data.write('=');
            data.writeBytes(value);
            data.write('\n');
        });
        return data.toByteArray();
    }

    private static InvalidImageException damaged() {
        return new InvalidImageException("a PAX header of the archive is damaged");
    }
}
