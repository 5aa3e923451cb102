/// What the admin API shows of one moment, as records that become JSON. No secret is in them. Read [Views] first.
@NullMarked
package dev.fairlead.control.admin.view;

import org.jspecify.annotations.NullMarked;
