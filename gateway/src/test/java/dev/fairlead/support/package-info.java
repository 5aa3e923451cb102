/// What tests of any package need.
@NullMarked
package dev.fairlead.support;

import org.jspecify.annotations.NullMarked;
