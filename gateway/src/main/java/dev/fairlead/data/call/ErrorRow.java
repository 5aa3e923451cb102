package dev.fairlead.data.call;

/// What one style says of one refusal; [Refusal] is the table.
///
/// @param httpStatus of the answer to a single call; a batch is always 200
/// @param text where `{detail}` is what the refusal itself says, and `{method}` the method that was called
record ErrorRow(int code, int httpStatus, String text, ErrorData data) {
    static final String DETAIL = "{detail}";
    static final String METHOD = "{method}";

    /// What the refusal itself says, in its own words.
    static ErrorRow own(int code, int httpStatus) {
        return new ErrorRow(code, httpStatus, DETAIL, ErrorData.OWN);
    }

    static ErrorRow says(int code, int httpStatus, String text) {
        return new ErrorRow(code, httpStatus, text, ErrorData.OWN);
    }

    static ErrorRow says(int code, int httpStatus, String text, ErrorData data) {
        return new ErrorRow(code, httpStatus, text, data);
    }
}
