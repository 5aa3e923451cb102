package dev.fairlead.control.admin;

import java.util.List;

/// What a reload changed, line by line.
record ReloadView(List<String> changes) {}
