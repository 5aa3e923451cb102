/// HTTP messages, without their connections: request heads and bodies read and bounded, answers with status
/// and headers, and the settings of the listeners.
///
/// Read [dev.fairlead.data.http.RequestHead] and [dev.fairlead.data.http.HttpAnswer] first.
@NullMarked
package dev.fairlead.data.http;

import org.jspecify.annotations.NullMarked;
