import type { Context } from "#access";
import { conflict, failed, incorrect, type JsonObject, limits, ok, type Result } from "#kernel";
import { type KeptNode, keptNode, type NodeBody, type NodeView } from "../../api/nodes.ts";
import { dicomNodeKind } from "./dicom-node.ts";
import type { NamedNode, NodeDirectory } from "./node-directory.ts";

interface NodeOrder {
  readonly id: string;
  readonly body: NodeBody;
  /** Left out where no secrets are given. */
  readonly seal?: ((secret: string) => string) | undefined;
}

/** Describes a node, or replaces what was said of it. Problems: incorrect `node-name-invalid`, `node-address-missing`; conflict `ae-title-taken`, `nodes-too-many`. */
export async function keepNode(
  { record }: Context,
  directory: NodeDirectory,
  { id, body, seal }: NodeOrder,
): Promise<Result<NodeView>> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) return failed(nameInvalid);
  if ((body.host === undefined) !== (body.port === undefined)) return failed(addressHalf);
  if (body.host === undefined && body.web === undefined && body.addresses.length === 0) return failed(addressMissing);
  directory.forget();
  const nodes = await directory.nodes();
  if (!nodes.ok) return nodes;
  const others = nodes.value.filter((node) => node.id !== id);
  if (others.some(({ aeTitle }) => aeTitle === body.aeTitle))
    return failed(conflict("ae-title-taken", `Another node is called ${body.aeTitle} already.`, { where: "aeTitle" }));
  if (others.length >= limits.nodesMax) return failed(tooMany);
  const described: KeptNode = { ...body, web: keptWeb(body.web, nodes.value, { id, seal }) };
  // Members that are undefined are none.
  const stored: JsonObject = JSON.parse(JSON.stringify(described));
  const operations = [{ action: "update", kind: dicomNodeKind, id, body: stored }] as const;
  const written = await record.transact({ operations });
  directory.forget();
  return written.ok ? ok(nodeView({ id, ...described })) : written;
}

/** What is said of it, without its secret and what the record adds, so that a page may send it back. */
export function nodeView({ id, ...node }: NamedNode): NodeView {
  const { web, ...said } = keptNode.strip().parse(node);
  if (web === undefined) return { id, ...said };
  const { sealed, ...place } = web;
  return { id, ...said, web: { ...place, hasSecret: sealed !== undefined } };
}

/** A secret goes to the address that it was given for, and to no other. */
function keptWeb(
  web: NodeBody["web"],
  nodes: readonly NamedNode[],
  { id, seal }: Pick<NodeOrder, "id" | "seal">,
): KeptNode["web"] {
  if (web === undefined) return undefined;
  const { secret, ...place } = web;
  if (secret !== undefined && seal !== undefined) return { ...place, sealed: seal(secret) };
  const before = nodes.find((node) => node.id === id)?.web;
  const isSame = before?.sealed !== undefined && new URL(before.url).origin === new URL(place.url).origin;
  return isSame ? { ...place, sealed: before.sealed } : place;
}

const nameInvalid = incorrect(
  "node-name-invalid",
  "A node's name has small letters, digits and hyphens, 40 at most, and begins with a letter or digit.",
);
const addressHalf = incorrect("node-address-missing", "A host needs a port, and a port a host.", { where: "port" });
const addressMissing = incorrect(
  "node-address-missing",
  "Say where the node is (host and port, or a web address), or from which addresses it may ask.",
  { where: "addresses" },
);
const tooMany = conflict("nodes-too-many", `There are ${limits.nodesMax} nodes already, and no more may be.`);
