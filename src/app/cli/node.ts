import { type Context, decidingForLink } from "#access";
import { dicomNodeKind, keepNode, NodeDirectory, nodeView } from "#departments/clinical";
import { type NodeView, nodeBody } from "#departments/clinical/api";
import { failed, incorrect, ok, type Result } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { openIdentity, thisAccount } from "../compose/identity.ts";
import type { Command, Invocation } from "./command.ts";
import { withSettings } from "./settings.ts";

export const node: Command = {
  help: `corridor node add NAME --ae-title CT1 [--host HOST --port PORT] [--address NETWORK …] [--may store,find,retrieve,worklist]
corridor node list
corridor node remove NAME

Tells Corridor of another DICOM node: a modality, a workstation, another archive. NAME is a name of the hospital's own, such as
ct-1; add replaces what was said of it before. A node with a host and a port can be sent to; it may ask from there, or from
the addresses and networks named. --may says what it may ask for; left out, to store. A running Corridor follows within
seconds. With --json the answer is JSON. Every change is in the audit log, under the account that ran the command.`,
  options: {
    "ae-title": { type: "string" },
    host: { type: "string" },
    port: { type: "string" },
    address: { type: "string", multiple: true },
    may: { type: "string" },
    json: { type: "boolean" },
  },
  wordsMax: 2,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const work = workOf(invocation);
      if (!work.ok) return work;
      const actor = decidingForLink(thisAccount());
      const permissions = new Set([...actor.permissions, ...kept]);
      const lines = await besideCorridor(given, (parts) =>
        work.value(openIdentity(parts).contextOf({ ...actor, permissions })),
      );
      if (!lines.ok) return lines;
      for (const line of lines.value) invocation.terminal.out(line);
      return ok(undefined);
    }),
};

const kept = ["create", "update", "delete", "read", "search"].map((action) => `${dicomNodeKind}.${action}`);

/** Does the work and returns the lines to print. */
type Work = (context: Context) => Promise<Result<readonly string[]>>;

function workOf(invocation: Invocation): Result<Work> {
  const [verb, name] = invocation.words;
  const asJson = invocation.options.json === true;
  if (verb === "list") return ok((context) => list(context, asJson));
  if (name === undefined || (verb !== "add" && verb !== "remove"))
    return failed(incorrect("verb-unknown", "Say what to do: corridor node add NAME, list, or remove NAME."));
  if (verb === "remove") return ok((context) => remove(context, name));
  return addWork(name, invocation.options, asJson);
}

function addWork(id: string, options: Invocation["options"], asJson: boolean): Result<Work> {
  const may = new Set(typeof options.may === "string" ? options.may.split(",") : ["store"]);
  const parsed = nodeBody.safeParse({
    aeTitle: options["ae-title"],
    ...(options.host === undefined ? {} : { host: options.host, port: Number(options.port ?? 104) }),
    addresses: Array.isArray(options.address) ? options.address : [],
    mayStore: may.has("store"),
    mayFind: may.has("find"),
    mayRetrieve: may.has("retrieve"),
    mayWorklist: may.has("worklist"),
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failed(
      incorrect("node-incorrect", `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it is not sound"}`),
    );
  }
  const body = parsed.data;
  return ok(async (context) => {
    const added = await keepNode(context, new NodeDirectory(context.record, context.clock), { id, body });
    return added.ok ? ok([lineOf(added.value, asJson)]) : added;
  });
}

async function list({ record, clock }: Context, asJson: boolean): Promise<Result<readonly string[]>> {
  const nodes = await new NodeDirectory(record, clock).nodes();
  if (!nodes.ok) return nodes;
  if (nodes.value.length === 0 && !asJson) return ok(["No DICOM node is known yet."]);
  return ok(nodes.value.map((each) => lineOf(nodeView(each), asJson)));
}

async function remove({ record }: Context, id: string): Promise<Result<readonly string[]>> {
  const gone = await record.transact({ operations: [{ action: "delete", kind: dicomNodeKind, id }] });
  return gone.ok ? ok([`${id} is forgotten.`]) : gone;
}

function lineOf(each: NodeView, asJson: boolean): string {
  if (asJson) return JSON.stringify(each);
  const rights = [
    each.mayStore ? "store" : "",
    each.mayFind ? "find" : "",
    each.mayRetrieve ? "retrieve" : "",
    each.mayWorklist ? "worklist" : "",
  ].filter((right) => right !== "");
  const where = each.web?.url ?? (each.host === undefined ? each.addresses.join(", ") : `${each.host}:${each.port}`);
  return `${each.id}  ${each.aeTitle}  ${where}  may ${rights.length === 0 ? "ask for nothing" : rights.join(", ")}`;
}
