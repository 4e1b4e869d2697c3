/**
 * From a client's filter to a page of rows, or to a seal: the query is read and checked against the dataset, the caller's
 * plan is joined to it, and the whole is sealed for the router. Authorization is computed anew for each page; a cursor says
 * only where the last page ended and how fresh it was. Masked fields are null in rows, and unknown to filters and orders.
 */
@NullMarked
package io.ashlar.filter.query;

import org.jspecify.annotations.NullMarked;
