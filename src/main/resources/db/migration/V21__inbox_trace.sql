-- The trace that the call with the event belongs to, as a traceparent of W3C Trace Context. It is beside the event, so that
-- equal events of different calls are still equal.
alter table inbox add column traceparent text;
