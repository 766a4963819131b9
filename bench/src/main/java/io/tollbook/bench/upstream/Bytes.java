package io.tollbook.bench.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of ASCII bytes. */
final class Bytes {
    byte[] array = new byte[2048];
    int length;

    Bytes clear() {
        length = 0;
        return this;
    }

    Bytes put(byte[] source) {
        return put(source, 0, source.length);
    }

    Bytes put(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, array, length, count);
        length += count;
        return this;
    }

    Bytes put(String ascii) {
        int count = ascii.length();
        ensure(count);
        for (int i = 0; i < count; i++) array[length + i] = (byte) ascii.charAt(i);
        length += count;
        return this;
    }

    Bytes put(long number) {
        ensure(20);
        if (number < 0) throw new IllegalArgumentException("below zero: " + number);
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) digits++;
        for (int i = digits - 1; i >= 0; i--) {
            array[length + i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        length += digits;
        return this;
    }

    Bytes putHex(int number) {
        return put(Integer.toHexString(number));
    }

    byte[] copy() {
        return Arrays.copyOf(array, length);
    }

    private void ensure(int more) {
        if (length + more > array.length) array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.ISO_8859_1);
    }
}
