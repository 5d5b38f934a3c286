import type { InstanceCursor } from "#imaging";
import { incorrect, type JsonObject } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { type ImageSendView, sendStates } from "../../api/image-routing.ts";
import { deterministicId } from "../../messages/deterministic-id.ts";

export const imageSendKind = "ImageSend";

/** A study on its way to a node: waits, was sent, is parked after too many tries, or was cancelled by a person. */
export type ImageSend = Omit<ImageSendView, "id"> & {
  /** Behind which object to go on; absent at the beginning. */
  readonly after?: InstanceCursor;
  /** How it is written on the way. */
  readonly transferSyntax?: string;
  /** Of the request for commitment that is open or was answered. */
  readonly transaction?: string;
};

export interface NamedSend extends ImageSend {
  readonly id: string;
}

export const imageSendDefinition: KindDefinition = {
  kind: imageSendKind,
  check: ({ study, node, state }) =>
    typeof study === "string" && typeof node === "string" && (sendStates as readonly unknown[]).includes(state)
      ? []
      : [incorrect("element-invalid", "study, node or state is not sound.", { where: imageSendKind })],
  index: (body) => ({ ...noEntries, keys: keysOf(body) }),
};

function keysOf({ study, state, node, transaction }: JsonObject): string[] {
  const keys = [stateKey(String(state)), nodeStateKey(String(node), String(state)), `study=${String(study)}`];
  return typeof transaction === "string" ? [...keys, transactionKey(transaction)] : keys;
}

export function stateKey(state: string): string {
  return `state=${state}`;
}

export function nodeStateKey(node: string, state: string): string {
  return `node=${node} ${state}`;
}

export function transactionKey(transaction: string): string {
  return `transaction=${transaction}`;
}

/** One for each study and node: what comes of the study later goes behind what was sent. */
export function imageSendId(study: string, node: string): string {
  return deterministicId(imageSendKind, study, node);
}
