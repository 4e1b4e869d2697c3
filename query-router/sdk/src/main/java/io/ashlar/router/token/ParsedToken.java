package io.ashlar.router.token;

/** What became of a token's text. */
public sealed interface ParsedToken {

    /** It is one. */
    record Ok(ConsistencyToken token) implements ParsedToken {}

    /**
     * It is none.
     *
     * @param reason one English sentence without the text, fit for a problem's detail
     */
    record Invalid(String reason) implements ParsedToken {}
}
