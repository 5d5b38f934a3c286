import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Access, nodeActor } from "#access";
import type { NamedNode, NodeCaller, NodeDirectory } from "#departments/clinical";
import { allowList } from "#links/addresses";
import type { Admission, Asking } from "#standards/dimse";

export interface AdmissionNeeds {
  readonly access: Access;
  readonly directory: Pick<NodeDirectory, "nodes">;
  readonly ownAeTitle: string;
}

/**
 * Who may open an association: nodes that are known, by their own AE titles and from their own addresses, and that call Corridor
 * by its name. What each may ask for then is in its description.
 */
export async function admitNode(needs: AdmissionNeeds, asking: Asking): Promise<Admission<NodeCaller>> {
  const { callingAe, calledAe, remoteAddress } = asking;
  if (calledAe !== needs.ownAeTitle) return { is: "rejected", reason: "called-ae-unknown" };
  const nodes = await needs.directory.nodes();
  if (!nodes.ok) return { is: "rejected", reason: "busy" };
  const node = nodes.value.find(({ aeTitle }) => aeTitle === callingAe);
  if (node === undefined) return { is: "rejected", reason: "calling-ae-unknown" };
  if (node.isPaused || !(await isFromThere(node, remoteAddress))) return { is: "rejected", reason: "not-allowed" };
  const { mayStore, mayFind, mayRetrieve, mayWorklist } = node;
  // Who may retrieve is looked up what there is of it; that it may not search is seen by the search.
  const rights = { mayStore, mayFind: mayFind || mayRetrieve, mayWorklist };
  const actor = nodeActor(callingAe, rights, remoteAddress);
  return { is: "accepted", caller: { node, context: needs.access.contextOf(actor) } };
}

/** From the addresses that are described, else from its host alone. A node without either may come from anywhere. */
async function isFromThere({ addresses, host }: NamedNode, remoteAddress: string): Promise<boolean> {
  const entries = addresses.length > 0 ? addresses : await addressesOf(host);
  const allowed = allowList(entries);
  return allowed.ok && allowed.value.allows(remoteAddress);
}

async function addressesOf(host: string | undefined): Promise<readonly string[]> {
  if (host === undefined) return [];
  if (isIP(host) !== 0) return [host];
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch {
    // A name that leads nowhere is nobody's address.
    return ["255.255.255.255"];
  }
}
