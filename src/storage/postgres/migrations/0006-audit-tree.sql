-- Nodes of the Merkle tree over the audit log (RFC 6962): at level 8 each stands for 256 entries, at level 16 for 65,536 …
-- All of them follow from audit_event; a proof is made of them without reading the log.
create table audit_node (
  level smallint not null,
  place bigint not null, -- from 0
  hash bytea not null,
  primary key (level, place)
);
