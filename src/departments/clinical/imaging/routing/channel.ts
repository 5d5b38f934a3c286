import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, ok, type Result } from "#kernel";
import { transferSyntaxOf } from "#standards/dicom";
import { type Association, type ProposedService, statusKind } from "#standards/dimse";
import type { PixelEngine } from "#standards/pixels";
import type { NamedNode } from "../nodes/node-directory.ts";
import { outgoingInstance, storageContexts } from "../services/outgoing-instance.ts";
import { isAsKept, keptFile, type OutgoingFile } from "../web/outgoing-file.ts";
import { writtenFile } from "../web/written-file.ts";

export interface ChannelNeeds {
  readonly context: Pick<Context, "images" | "ids">;
  readonly engine: PixelEngine;
  /** Opens an association with a node. */
  call(node: NamedNode, contexts: readonly ProposedService[]): Promise<Result<Association>>;
  /** Sends a file to a node by STOW-RS: true when the node has it, false when it refused it. Problems: of a node that is gone. */
  post(node: NamedNode, file: OutgoingFile): Promise<Result<boolean>>;
}

/** A way to a node, for some objects. */
export interface Channel {
  /** True when the node has taken it, false when it refused this one. Problems: of a node that is gone. */
  send(object: StoredInstance): Promise<Result<boolean>>;
  close(): Promise<void>;
}

interface Load {
  readonly instances: readonly StoredInstance[];
  /** How they are rather written on the way. */
  readonly wanted: string | undefined;
}

/** By DICOMweb where the node is described with a web address, else by an association. */
export async function openChannel(needs: ChannelNeeds, node: NamedNode, load: Load): Promise<Result<Channel>> {
  if (node.web !== undefined)
    return ok({ send: (object) => postOne(needs, node, { object, wanted: load.wanted }), close: async () => {} });
  const opened = await needs.call(node, storageContexts(load.instances, load.wanted));
  if (!opened.ok) return opened;
  const association = opened.value;
  return ok({
    send: (object) => storeOne(needs, association, { object, wanted: load.wanted }),
    close: () => association.release(),
  });
}

interface OneObject {
  readonly object: StoredInstance;
  readonly wanted: string | undefined;
}

async function storeOne(
  { context, engine }: ChannelNeeds,
  association: Association,
  { object, wanted }: OneObject,
): Promise<Result<boolean>> {
  const opened = await outgoingInstance(object, { context, engine, contexts: association.contexts, wanted });
  if (!opened.ok) return ok(false);
  try {
    const outcome = await association.store(opened.value.instance);
    if (outcome.is === "broken") return failed(outcome.problem);
    if (outcome.is === "unsent") return ok(false);
    const kind = statusKind(outcome.status.code);
    return ok(kind === "success" || kind === "warning");
  } finally {
    await opened.value.close();
  }
}

async function postOne(needs: ChannelNeeds, node: NamedNode, { object, wanted }: OneObject): Promise<Result<boolean>> {
  const { context, engine } = needs;
  const blob = await context.images.open(object.blob);
  if (!blob.ok) return ok(false);
  try {
    const to = transferSyntaxOf(wanted ?? object.transferSyntax);
    const file = isAsKept(object, wanted)
      ? ok(keptFile(object, blob.value))
      : await writtenFile({ object, blob: blob.value, to, engine, ids: context.ids });
    return file.ok ? await needs.post(node, file.value) : ok(false);
  } finally {
    await blob.value.close();
  }
}
