package dev.fairlead.config;

import dev.fairlead.config.file.FilePlace;
import dev.fairlead.core.policy.CallRate;
import dev.fairlead.core.text.CallRates;
import dev.fairlead.core.text.Durations;
import dev.fairlead.core.url.NameRule;
import dev.fairlead.core.url.NodeTls;
import dev.fairlead.core.url.NodeUrl;
import dev.fairlead.data.access.IpRange;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The kinds of single values that a configuration is made of.
public final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}([.][0-9]{1,15})?");

    private Scalars() {}

    public static Scalar<Long> whole(long least, long most) {
        String range = least + " to " + most;
        Map<String, Object> schema =
                Schemas.anyOf(Schemas.of("type", "integer", "minimum", least, "maximum", most), Schemas.text("[0-9]+"));
        Scalar.Parser<Long> parser = (text, _) ->
                INTEGER.matcher(text).matches() ? within(Long.parseLong(text), least, most) : new ParsedText.Other<>();
        return new Scalar<>(
                "whole number, " + range,
                "a whole number from " + range,
                false,
                false,
                parser,
                number -> Long.toString(number),
                schema);
    }

    public static Scalar<Integer> count(int least, int most) {
        return whole(least, most).as(Math::toIntExact, Integer::longValue);
    }

    public static Scalar<Double> decimal(double least, double most) {
        String range = plain(least) + " to " + plain(most);
        Map<String, Object> schema = Schemas.anyOf(
                Schemas.of("type", "number", "minimum", least, "maximum", most), Schemas.text("[0-9]+([.][0-9]+)?"));
        Scalar.Parser<Double> parser = (text, _) -> DECIMAL.matcher(text).matches()
                ? within(Double.parseDouble(text), least, most)
                : new ParsedText.Other<>();
        return new Scalar<>("number, " + range, "a number from " + range, false, false, parser, Scalars::plain, schema);
    }

    public static Scalar<Boolean> flag() {
        Map<String, Object> schema = Schemas.anyOf(Schemas.of("type", "boolean"), Schemas.text("true|false"));
        Scalar.Parser<Boolean> parser = (text, _) -> switch (text) {
            case "true" -> new ParsedText.Value<>(true);
            case "false" -> new ParsedText.Value<>(false);
            default -> new ParsedText.Other<>();
        };
        return new Scalar<>("true or false", "true or false", false, false, parser, flag -> flag.toString(), schema);
    }

    public static Scalar<Duration> duration(Duration least, Duration most) {
        String range = Durations.show(least) + " to " + Durations.show(most);
        Scalar.Parser<Duration> parser = (text, _) ->
                Durations.read(text).map(time -> within(time, least, most)).orElseGet(ParsedText.Other::new);
        return new Scalar<>(
                "duration, " + range,
                "a duration such as \"250ms\", \"30s\" or \"1h30m\", from " + range,
                true,
                false,
                parser,
                Durations::show,
                Schemas.text(Durations.FORM));
    }

    public static Scalar<CallRate> rate() {
        return new Scalar<>(
                "rate",
                CallRates.EXPECTED,
                true,
                false,
                (text, _) -> CallRates.read(text)
                        .<ParsedText<CallRate>>map(ParsedText.Value::new)
                        .orElseGet(ParsedText.Other::new),
                CallRates::show,
                Schemas.text(CallRates.FORM));
    }

    public static Scalar<Long> size(long least, long most) {
        String range = Sizes.show(least) + " to " + Sizes.show(most);
        Map<String, Object> schema = Schemas.anyOf(
                Schemas.of("type", "integer", "minimum", least, "maximum", most), Schemas.text(Sizes.FORM));
        Scalar.Parser<Long> parser = (text, _) -> switch (Sizes.parse(text)) {
            case ParsedText.Value<Long>(var bytes) -> within(bytes, least, most);
            case ParsedText.Other<Long> other -> other;
            case ParsedText.Wrong<Long> wrong -> wrong;
        };
        return new Scalar<>(
                "size, " + range,
                "a size such as \"64KiB\" or \"5MiB\", from " + range,
                false,
                false,
                parser,
                Sizes::show,
                schema);
    }

    public static <E extends Enum<E>> Scalar<E> choice(List<E> choices) {
        List<String> words = choices.stream().map(Scalars::word).toList();
        return words(words, word -> choices.get(words.indexOf(word)), Scalars::word);
    }

    public static <T> Scalar<T> words(List<String> words, Function<String, T> to, Function<T, String> from) {
        Scalar.Parser<T> parser =
                (text, _) -> words.contains(text) ? new ParsedText.Value<>(to.apply(text)) : new ParsedText.Other<>();
        return new Scalar<>(
                words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")),
                "one of " + String.join(", ", words),
                true,
                false,
                parser,
                from,
                Schemas.text(String.join("|", words)));
    }

    /// @param kind one word for the reference page
    /// @param expected completes "expected …"
    public static Scalar<String> text(String kind, String expected, String form) {
        Pattern whole = Pattern.compile(form);
        return text(kind, expected, text -> whole.matcher(text).matches(), Schemas.text(form));
    }

    private static Scalar<String> text(
            String kind, String expected, Predicate<String> legal, Map<String, Object> schema) {
        Scalar.Parser<String> parser =
                (text, _) -> legal.test(text) ? new ParsedText.Value<>(text) : new ParsedText.Other<>();
        return new Scalar<>(kind, expected, true, false, parser, Function.identity(), schema);
    }

    public static Scalar<String> name(NameRule rule) {
        String expected = "the name of a " + rule.word() + ": lower-case letters, digits and dashes";
        return text(rule.word() + " name", expected, NameRule.FORM);
    }

    public static Scalar<InetSocketAddress> address() {
        return new Scalar<>(
                "address",
                "an address such as \"127.0.0.1:8080\", \"[::1]:8080\", or \":8080\" for every interface",
                true,
                false,
                (text, _) -> Addresses.parse(text),
                Addresses::show,
                Schemas.text(Addresses.FORM));
    }

    public static Scalar<IpRange> addressRange() {
        Scalar.Parser<IpRange> parser = (text, _) -> {
            IpRange range = IpRange.parse(text);
            return range == null ? new ParsedText.Other<>() : new ParsedText.Value<>(range);
        };
        return new Scalar<>(
                "address range",
                "an IP address, or a range of them such as \"10.0.0.0/8\"",
                true,
                false,
                parser,
                IpRange::toString,
                Schemas.text(IpRange.FORM));
    }

    public static Scalar<NodeUrl.Good> url(String scheme, Function<String, NodeUrl> reader) {
        Scalar.Parser<NodeUrl.Good> parser = (text, _) -> switch (reader.apply(text)) {
            case NodeUrl.Good good -> new ParsedText.Value<>(good);
            case NodeUrl.Bad(var fault) -> new ParsedText.Wrong<>(fault);
        };
        String expected = "a URL, " + scheme + "://host… or " + scheme + "s://host…";
        Map<String, Object> schema = Schemas.text(scheme + "s?://[^\\s#]+");
        return new Scalar<>("URL", expected, true, false, parser, _ -> FilePlace.UNSHOWN, schema).hidden();
    }

    /// A URL that may hold a password, and is never shown.
    public static <T> Scalar<T> secretUrl(String expected, String form, Function<String, ParsedText<T>> reader) {
        return new Scalar<>(
                        "URL",
                        expected,
                        true,
                        false,
                        (text, _) -> reader.apply(text),
                        _ -> FilePlace.UNSHOWN,
                        Schemas.text(form))
                .hidden();
    }

    /// A file that must be there.
    public static Scalar<Path> file() {
        return path(
                "a path",
                (path) -> NodeTls.isReadable(path)
                        ? new ParsedText.Value<>(path)
                        : new ParsedText.Wrong<>("there is no such file that this process may read; "
                                + "a relative path starts at the configuration file"));
    }

    public static Scalar<Path> directory() {
        return path(
                "the path of a directory",
                (path) -> Files.exists(path) && !Files.isDirectory(path)
                        ? new ParsedText.Wrong<>("expected a directory, found a file")
                        : new ParsedText.Value<>(path));
    }

    private static Scalar<Path> path(String expected, Function<Path, ParsedText<Path>> judge) {
        Scalar.Parser<Path> parser = (text, reading) -> {
            try {
                return text.isBlank() ? new ParsedText.Other<>() : judge.apply(reading.resolve(text));
            } catch (InvalidPathException _) {
                return new ParsedText.Other<>();
            }
        };
        return new Scalar<>("path", expected, true, false, parser, Path::toString, Schemas.of("type", "string"));
    }

    private static <T extends Comparable<T>> ParsedText<T> within(T value, T least, T most) {
        boolean inside = value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
        return inside ? new ParsedText.Value<>(value) : new ParsedText.Other<>();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : RawValue.plain(number);
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
