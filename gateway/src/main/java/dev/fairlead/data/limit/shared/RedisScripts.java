package dev.fairlead.data.limit.shared;

import java.util.List;

/// Runs scripts in Redis. Used by one thread.
interface RedisScripts extends AutoCloseable {
    /// @param script name of its file
    List<String> run(String script, List<String> keys, List<String> arguments) throws RedisGone, InterruptedException;

    @Override
    void close();
}
