package io.ashlar.authz.problem;

/** One entry of a service's error vocabulary; implemented by enums only. */
public interface ErrorCode {

    /** The stable name clients branch on, snake_case. */
    String code();

    /** The HTTP status it is answered with, 400 to 599. */
    int status();

    /** What it means, in a few words that never change with the request. */
    String title();
}
