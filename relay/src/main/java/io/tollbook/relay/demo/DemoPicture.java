package io.tollbook.relay.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** What a picture is, told by its first bytes; and a small one to answer with. */
final class DemoPicture {
    static final int SIDE = 96;

    private static final int TILE = 16;

    private DemoPicture() {}

    /** In words, of a medium sent as base64 of either kind. */
    static String described(String type, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(base64.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new DemoFault(400, "The image data you provided does not represent a valid image.");
        }
        String size = bytes.length + " bytes";
        if (starts(bytes, 1, "PNG") && bytes.length >= 24)
            return "a PNG picture of " + number(bytes, 16, 4) + "×" + number(bytes, 20, 4) + " pixels, " + size;
        if (starts(bytes, 0, "GIF8") && bytes.length >= 10)
            return "a GIF picture of " + swapped(bytes, 6) + "×" + swapped(bytes, 8) + " pixels, " + size;
        if (starts(bytes, 8, "WEBP")) return "a WebP picture, " + size;
        if (bytes.length > 3 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8)
            return jpeg(bytes) + ", " + size;
        if (starts(bytes, 0, "%PDF")) return "a PDF document, " + size;
        if (type.toLowerCase(Locale.ROOT).startsWith("image/"))
            throw new DemoFault(400, "The image data you provided does not represent a valid image.");
        return "a file of type " + (type.isEmpty() ? "unknown" : type) + ", " + size;
    }

    /** In words, of a picture's address. */
    static String described(String url) {
        if (!url.startsWith("data:")) return "a picture at " + url;
        int comma = url.indexOf(',');
        if (comma < 0) throw new DemoFault(400, "Invalid image URL.");
        String head = url.substring("data:".length(), comma);
        return described(head.replaceFirst(";.*", ""), url.substring(comma + 1));
    }

    private static String jpeg(byte[] bytes) {
        int at = 2;
        while (at + 9 < bytes.length && (bytes[at] & 0xff) == 0xff) {
            int marker = bytes[at + 1] & 0xff;
            boolean isFrame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (isFrame)
                return "a JPEG picture of " + number(bytes, at + 7, 2) + "×" + number(bytes, at + 5, 2) + " pixels";
            at += 2 + (int) number(bytes, at + 2, 2);
        }
        return "a JPEG picture";
    }

    private static boolean starts(byte[] bytes, int from, String letters) {
        if (bytes.length < from + letters.length()) return false;
        return new String(bytes, from, letters.length(), StandardCharsets.ISO_8859_1).equals(letters);
    }

    private static long number(byte[] bytes, int from, int length) {
        long number = 0;
        for (int i = 0; i < length; i++) number = number << 8 | bytes[from + i] & 0xff;
        return number;
    }

    private static int swapped(byte[] bytes, int from) {
        return bytes[from] & 0xff | (bytes[from + 1] & 0xff) << 8;
    }

    /** A pattern of tiles in colours that come from the text: the same text, the same picture. */
    static byte[] drawn(String text) {
        try {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(head);
            out.writeInt(SIDE);
            out.writeInt(SIDE);
            out.write(new byte[] {8, 2, 0, 0, 0}); // Eight bits a colour, no palette, no alpha.
            chunk(png, "IHDR", head.toByteArray());
            chunk(png, "IDAT", pixels(text.hashCode()));
            chunk(png, "IEND", new byte[0]);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Nothing is written but memory.
        }
    }

    private static byte[] pixels(int seed) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            for (int y = 0; y < SIDE; y++) {
                out.write(0); // No filter.
                for (int x = 0; x < SIDE; x++) {
                    // Mirrored, so that it looks like something.
                    int column = Math.min(x, SIDE - 1 - x) / TILE;
                    boolean inked = (seed >>> (column * 7 + y / TILE * 3) % 31 & 1) == 1;
                    out.write(inked ? 30 + (seed & 63) : 232);
                    out.write(inked ? 110 + (seed >> 6 & 63) : 240);
                    out.write(inked ? 90 + (seed >> 12 & 63) : 236);
                }
            }
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream png, String name, byte[] content) throws IOException {
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(letters);
        sum.update(content);
        DataOutputStream out = new DataOutputStream(png);
        out.writeInt(content.length);
        out.write(letters);
        out.write(content);
        out.writeInt((int) sum.getValue());
    }
}
