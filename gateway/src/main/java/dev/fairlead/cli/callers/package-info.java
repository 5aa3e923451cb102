/// Commands about those who call: tenants, their keys, and what they take. Read [TenantsCommand] first.
@NullMarked
package dev.fairlead.cli.callers;

import org.jspecify.annotations.NullMarked;
