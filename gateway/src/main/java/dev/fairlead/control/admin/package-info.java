/// What operators and scripts talk to: the admin API.
@NullMarked
package dev.fairlead.control.admin;

import org.jspecify.annotations.NullMarked;
