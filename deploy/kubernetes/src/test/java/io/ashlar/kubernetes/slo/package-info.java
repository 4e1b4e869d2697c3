/**
 * The service levels that the charts render, as Prometheus and Grafana get them.
 * Every chart is rendered as it stands in the repository; what comes out is read, checked and run through promtool.
 * That the metrics exist on running services is seen by the platform's end-to-end tests, from the lists this package keeps right.
 */
@NullMarked
package io.ashlar.kubernetes.slo;

import org.jspecify.annotations.NullMarked;
