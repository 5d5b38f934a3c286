-- What links carried, as it came and as it was sent: content that is kept for a time only. Each day has a table of its own,
-- `daily_blob_20261123`, made like this one by the first write of the day; it goes as a whole when its time is over, and its
-- space is free at once. They are no partitions of one table: to make one of ten years' days, or to look for a hash in all of
-- them, would cost a quarter of a second (decision 0015).
-- `bytes` are compressed where that makes them fewer than `size`, which is what they are without; PostgreSQL need not try.
create table daily_blob (
  hash bytea primary key,
  size integer not null,
  bytes bytea not null
);
alter table daily_blob alter column bytes set storage external;
