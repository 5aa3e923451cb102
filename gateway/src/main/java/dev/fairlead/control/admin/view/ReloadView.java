package dev.fairlead.control.admin.view;

import java.util.List;

/// What a reload changed, line by line.
public record ReloadView(List<String> changes) {}
