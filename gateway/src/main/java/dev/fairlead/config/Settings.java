package dev.fairlead.config;

import dev.fairlead.control.admin.AdminConfig;
import dev.fairlead.control.store.StoreConfig;
import dev.fairlead.core.fleet.Declared.ChainPlan;
import dev.fairlead.core.upstream.UpstreamConfig;
import dev.fairlead.data.dispatch.DispatchConfig;
import dev.fairlead.data.server.ServerConfig;
import java.util.List;

/// A whole configuration, read and found valid.
///
/// @param chains what the file declares, in its order
/// @param logs how log lines look
public record Settings(
        ServerConfig server,
        UpstreamConfig upstream,
        DispatchConfig dispatch,
        AdminConfig admin,
        StoreConfig store,
        LogStyle logs,
        List<ChainPlan> chains) {
    public static final Settings DEFAULT = new Settings(
            ServerConfig.DEFAULT,
            UpstreamConfig.DEFAULT,
            DispatchConfig.DEFAULT,
            AdminConfig.DEFAULT,
            StoreConfig.DEFAULT,
            LogStyle.CONSOLE,
            List.of());

    public Settings {
        chains = List.copyOf(chains);
    }

    public enum LogStyle {
        CONSOLE,
        JSON
    }
}
