import type { Context } from "#access";
import { conflict, failed, incorrect, limits, ok, type Result } from "#kernel";
import type { NodeBody, NodeView } from "../../api/nodes.ts";
import { dicomNodeKind } from "./dicom-node.ts";
import type { NodeDirectory } from "./node-directory.ts";

interface KeptNode {
  readonly id: string;
  readonly body: NodeBody;
}

/** Describes a node, or replaces what was said of it. Problems: incorrect `node-name-invalid`, `node-address-missing`; conflict `ae-title-taken`, `nodes-too-many`. */
export async function keepNode(
  { record }: Context,
  directory: NodeDirectory,
  { id, body }: KeptNode,
): Promise<Result<NodeView>> {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(id)) return failed(nameInvalid);
  if ((body.host === undefined) !== (body.port === undefined)) return failed(addressHalf);
  if (body.host === undefined && body.addresses.length === 0) return failed(addressMissing);
  directory.forget();
  const nodes = await directory.nodes();
  if (!nodes.ok) return nodes;
  const others = nodes.value.filter((node) => node.id !== id);
  if (others.some(({ aeTitle }) => aeTitle === body.aeTitle))
    return failed(conflict("ae-title-taken", `Another node is called ${body.aeTitle} already.`, { where: "aeTitle" }));
  if (others.length >= limits.nodesMax) return failed(tooMany);
  const stored = JSON.parse(JSON.stringify(body));
  const operations = [{ action: "update", kind: dicomNodeKind, id, body: stored }] as const;
  const written = await record.transact({ operations });
  directory.forget();
  return written.ok ? ok({ id, ...body }) : written;
}

const nameInvalid = incorrect(
  "node-name-invalid",
  "A node's name has small letters, digits and hyphens, 40 at most, and begins with a letter or digit.",
);
const addressHalf = incorrect("node-address-missing", "A host needs a port, and a port a host.", { where: "port" });
const addressMissing = incorrect(
  "node-address-missing",
  "Say where the node is (host and port), or from which addresses it may ask.",
  { where: "addresses" },
);
const tooMany = conflict("nodes-too-many", `There are ${limits.nodesMax} nodes already, and no more may be.`);
