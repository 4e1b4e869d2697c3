package io.ashlar.demo;

import java.util.function.UnaryOperator;

/**
 * A platform that runs, wherever it does, and people who may sign in to it.
 *
 * @param api its five services
 * @param tokens a trial user's name to an access token; asked again and again, so that none expires in use
 */
record Target(Api api, UnaryOperator<String> tokens) {}
