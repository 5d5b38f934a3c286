import { parseBody, type Version } from "#record";
import type { LinkMessage } from "../messages/link-message.ts";

/** A version of a message, as the feed brings it. */
export interface FollowedMessage {
  readonly id: string;
  /** It has just come; otherwise something was decided about it since. */
  readonly isNew: boolean;
  readonly message: LinkMessage;
}

export function followedMessage(version: Version): FollowedMessage {
  return { id: version.id, isNew: version.version === 1, message: parseBody<LinkMessage>(version) };
}

/** MSH-9.1 of messages that bring orders. */
export const orderTypes: readonly string[] = ["ORM", "OML", "OMG", "OMI", "OMB"];

/** MSH-9.1 of messages that bring results. */
const resultTypes: readonly string[] = ["ORU", "OUL"];

export function isOrder({ type }: LinkMessage): boolean {
  return orderTypes.includes(codeOf(type));
}

export function isResult({ type }: LinkMessage): boolean {
  return resultTypes.includes(codeOf(type));
}

function codeOf(type = ""): string {
  return type.split("^")[0] ?? "";
}

/** What a message wrote of one kind, as keys. */
export function writtenOf({ resources }: LinkMessage, kind: string) {
  return resources.filter((resource) => resource.kind === kind).map(({ id }) => ({ kind, id }));
}

/** Numbers of the orders in a message, each once. */
export function numbersOf({ orders }: LinkMessage): readonly string[] {
  const numbers = orders.flatMap(({ placer, filler }) => [placer, filler]);
  return [...new Set(numbers.filter((number) => number !== undefined))];
}
