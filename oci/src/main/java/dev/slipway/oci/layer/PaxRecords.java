package dev.slipway.oci.layer;

import dev.slipway.oci.InvalidImageException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of a PAX extended header: {@code LENGTH KEY=VALUE\n}, the length counting the whole record. Values are bytes
 * and stay so: a file capability is no text.
 */
final class PaxRecords {

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
            records.put(key, Arrays.copyOfRange(data, equals + 1, end - 1));
            at = end;
        }
        return records;
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
