package dev.fairlead.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Random values, the same ones for the same seed. The ends of a range, small numbers and short lists come more often
/// than chance alone would have them.
public final class Generator {
    public static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    public static final String DIGITS = "0123456789";

    private final Random random;

    Generator(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    public boolean bool() {
        return random.nextBoolean();
    }

    public long anyLong() {
        return between(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public int anyInt() {
        return between(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public byte anyByte() {
        return (byte) between(Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public int between(int least, int most) {
        return (int) between((long) least, (long) most);
    }

    /// Both ends included.
    public long between(long least, long most) {
        long favoured = switch (random.nextInt(8)) {
            case 0 -> random.nextBoolean() ? least : most;
            case 1 -> random.nextLong(-2, 3);
            case 2, 3 -> random.nextLong() >> random.nextInt(Long.SIZE);
            default -> uniform(least, most);
        };
        return favoured >= least && favoured <= most ? favoured : uniform(least, most);
    }

    private long uniform(long least, long most) {
        return most == Long.MAX_VALUE ? random.nextLong(least, most) : random.nextLong(least, most + 1);
    }

    @SafeVarargs
    public final <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    public <T> T oneOf(List<? extends T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /// What one of the makers makes.
    @SafeVarargs
    public final <T> T made(Supplier<? extends T>... makers) {
        return makers[random.nextInt(makers.length)].get();
    }

    public <T> List<T> list(int shortest, int longest, Supplier<? extends T> element) {
        int size = size(shortest, longest);
        var list = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) list.add(element.get());
        return list;
    }

    public byte[] bytes(int shortest, int longest) {
        var bytes = new byte[size(shortest, longest)];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Characters of `alphabet`.
    public String text(String alphabet, int shortest, int longest) {
        var text = new StringBuilder();
        for (int i = size(shortest, longest); i > 0; i--)
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        return text.toString();
    }

    /// Any characters at all: control characters and halves of surrogate pairs too.
    public String text(int longest) {
        var text = new StringBuilder();
        for (int i = size(0, longest); i > 0; i--) {
            text.append((char) random.nextInt(oneOf(0x80, 0x80, 0x100, Character.MAX_VALUE + 1)));
        }
        return text.toString();
    }

    private int size(int shortest, int longest) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(8) == 0 ? longest : shortest;
            case 1 -> random.nextInt(shortest, Math.min(longest, shortest + 8) + 1);
            default -> random.nextInt(shortest, longest + 1);
        };
    }
}
