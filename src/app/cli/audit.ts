import { newestKept, proveEntry } from "#audit";
import { type Failed, failed, incorrect, notFound, ok, type Result } from "#kernel";
import { type AuditPlaces, openAuditPlaces, signEverywhere } from "../compose/audit-keeping.ts";
import { besideCorridor } from "../compose/beside.ts";
import type { RecordParts } from "../compose/record.ts";
import type { Command, Invocation } from "./command.ts";
import { type Given, withSettings } from "./settings.ts";

export const audit: Command = {
  help: `corridor audit checkpoint
corridor audit prove ENTRY
corridor audit key

checkpoint   signs what the audit log is now, keeps it where checkpoints are kept, and prints it. A running Corridor does
             so by itself; beside one, its newest is printed.
prove        prints, as JSON, that the entry with this number is in the log that a signed checkpoint speaks of: the entry,
             the hash before it, and the hashes that lead to the checkpoint's root (RFC 6962).
key          prints the public key that checkpoints are checked with, as other programs take it (C2SP signed notes).`,
  options: {},
  wordsMax: 2,
  run: async (invocation) => {
    const [deed = "", entry = ""] = invocation.words;
    switch (deed) {
      case "checkpoint":
        return withSettings(invocation, (given) => checkpoint(given, invocation));
      case "prove":
        return withSettings(invocation, (given) => prove(given, { entry, invocation }));
      case "key":
        return withSettings(invocation, (given) => printKey(given, invocation));
      default:
        invocation.terminal.err("Say what to do with the audit log: checkpoint, prove or key.");
        return 2;
    }
  },
};

async function printKey({ config }: Given, { terminal }: Invocation): Promise<Result<void>> {
  const opened = await openAuditPlaces(config);
  if (!opened.ok) return opened;
  terminal.out(opened.value.signer.text);
  return ok(undefined);
}

async function checkpoint(given: Given, { terminal }: Invocation): Promise<Result<void>> {
  return withAudit(given, async (parts, places) => {
    const signed = await ensureSigned(parts, places);
    if (!signed.ok) return signed;
    const note = (await places.places[0]?.notes())?.at(-1);
    if (note !== undefined) terminal.out(note.trimEnd());
    return ok(undefined);
  });
}

/** A Corridor that runs signs by itself, and only one may write to the folders. */
async function ensureSigned({ store, clock }: RecordParts, places: AuditPlaces): Promise<Result<void>> {
  if (!(await store.cursors.claim("audit checkpoints"))) return ok(undefined);
  const results = await signEverywhere({ ...places, tree: store.auditTree, clock, signed: () => {} });
  return results.find((result): result is Failed => !result.ok) ?? ok(undefined);
}

interface ProofAsked {
  readonly entry: string;
  readonly invocation: Invocation;
}

async function prove(given: Given, { entry, invocation }: ProofAsked): Promise<Result<void>> {
  const sequence = Number(entry);
  if (!/^[1-9][0-9]{0,15}$/.test(entry)) {
    return failed(incorrect("entry-incorrect", "Give the number of an entry, such as corridor audit prove 17."));
  }
  return withAudit(given, async (parts, { signer, places }) => {
    const { store } = parts;
    const signed = await ensureSigned(parts, { signer, places });
    if (!signed.ok) return signed;
    const [place] = places;
    const newest = place === undefined ? ok(undefined) : await newestKept(place, signer);
    if (!newest.ok) return newest;
    const found = await store.audit.read(sequence);
    if (newest.value === undefined || found === undefined || sequence > newest.value.size) {
      return failed(notFound("not-found", `No checkpoint speaks of an entry ${entry} yet.`));
    }
    const proof = await proveEntry(store.auditTree, sequence, newest.value.size);
    const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
    const shown = {
      sequence,
      body: found.body,
      previousHash: toHex(proof.previousHash),
      hash: toHex(proof.hash),
      size: proof.size,
      proof: proof.proof.map(toHex),
      checkpoint: (await place?.notes())?.at(-1),
      key: signer.text,
    };
    invocation.terminal.out(JSON.stringify(shown, null, 2));
    return ok(undefined);
  });
}

async function withAudit(
  given: Given,
  work: (parts: RecordParts, places: AuditPlaces) => Promise<Result<void>>,
): Promise<Result<void>> {
  return besideCorridor(given, async (parts) => {
    const places = await openAuditPlaces(given.config);
    return places.ok ? work(parts, places.value) : places;
  });
}
