package dev.slipway.llb;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;

/**
 * Writes one protobuf message in the canonical form: what equals its default is left out, map entries are sorted by key.
 * The caller writes the fields in the order in which they have to stand.
 */
final class Wire {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private byte[] buffer = new byte[128];
    private int length;

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    /** A number, bool or enum; a default of 0 is left out. Negative numbers take ten bytes, as in int32 and int64. */
    void number(int field, long value) {
        if (value != 0) {
            numberAlways(field, value);
        }
    }

    /** A number that is written even when it is 0, as members of a oneof are. */
    void numberAlways(int field, long value) {
        varint((long) field << 3 | VARINT);
        varint(value);
    }

    void bool(int field, boolean value) {
        number(field, value ? 1 : 0);
    }

    /** A constant whose wire number is its position. */
    void enumeration(int field, Enum<?> value) {
        number(field, value.ordinal());
    }

    void string(int field, String value) {
        if (!value.isEmpty()) {
            bytesAlways(field, utf8(value));
        }
    }

    void bytes(int field, byte[] value) {
        if (value.length > 0) {
            bytesAlways(field, value);
        }
    }

    void bytesAlways(int field, byte[] value) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        varint(value.length);
        raw(value, value.length);
    }

    /** Every string of a repeated field, empty ones too. */
    void strings(int field, Collection<String> values) {
        for (String value : values) {
            bytesAlways(field, utf8(value));
        }
    }

    /** A repeated number, packed; nothing if there is none. */
    void packed(int field, Collection<Integer> values) {
        if (!values.isEmpty()) {
            message(field, values, (wire, numbers) -> numbers.forEach(number -> wire.varint(number.longValue())));
        }
    }

    /** Map entries in the order of their keys, each with key and value. */
    void map(int field, SortedMap<String, String> values) {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            message(field, entry, (wire, pair) -> {
                wire.bytesAlways(1, utf8(pair.getKey()));
                wire.bytesAlways(2, utf8(pair.getValue()));
            });
        }
    }

    /** A message that is there, be it empty. It is written in place, and moved if its length takes more than a byte. */
    <T> void message(int field, T value, BiConsumer<Wire, T> writer) {
        varint((long) field << 3 | LENGTH_DELIMITED);
        reserve(1);
        int start = ++length;
        writer.accept(this, value);
        int end = length;
        int size = end - start;
        int more = lengthOf(size) - 1;
        if (more > 0) {
            reserve(more);
            System.arraycopy(buffer, start, buffer, start + more, size);
        }
        length = start - 1;
        varint(size);
        length = end + more;
    }

    private static int lengthOf(int value) {
        return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    private void varint(long value) {
        long rest = value;
        reserve(10);
        while ((rest & ~0x7fL) != 0) {
            buffer[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
    }

    void raw(byte[] value, int count) {
        reserve(count);
        System.arraycopy(value, 0, buffer, length, count);
        length += count;
    }

    private void reserve(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    /**
     * BuildKit's texts are UTF-8 by contract, and its encoder refuses others; a lone surrogate is what such text becomes in
     * Java.
     */
    private static byte[] utf8(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1))) {
                    i++;
                } else {
                    throw new InvalidUtf8Exception();
                }
            }
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
