package dev.fairlead.cli.console;

import dev.fairlead.core.text.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/// A length of time on the command line, written as in the configuration.
public final class DurationOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Durations.read(text)
                .orElseThrow(() -> new TypeConversionException(
                        "expected a length of time such as 30s, 5m or 1h30m, found " + text));
    }

    /// Takes `--wait=30s`, and does not take the next word for the time in `--wait geth-1`.
    public static final class Attached implements IParameterPreprocessor {
        private static final String USUAL = "5m";

        @Override
        @SuppressWarnings("JdkObsolete") // picocli's
        public boolean preprocess(
                Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> attachment) {
            if (" ".equals(attachment.get("separator"))) words.push(USUAL);
            return false;
        }
    }
}
