-- Small objects stand beside their rows: a file for each would cost more than they do. They are packed already, or too small.
create table image_bytes (
  blob bytea primary key,
  bytes bytea not null
);
alter table image_bytes alter column bytes set storage external;
