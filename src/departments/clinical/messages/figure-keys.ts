import type { LinkMessage } from "./link-message.ts";

/** What `MSH-9` is called in figures where a message has none. */
export const typeNotStated = "not stated";

/**
 * Index keys by which messages are counted without being read: a link's messages of a minute, of an hour, of an hour by
 * type or by state, and all of one state. Minutes and hours are those of arrival, in UTC.
 */
export function figureKeys({ link, arrivedAt, state, type = typeNotStated }: LinkMessage): readonly string[] {
  const hour = arrivedAt.slice(0, 13);
  return [
    minuteKey(link, arrivedAt.slice(0, 16)),
    hourKey(link, hour),
    hourTypeKey(link, hour, type),
    hourStateKey(link, hour, state),
    linkStateKey(link, state),
  ];
}

/** `minute` is `2026-11-23T09:30`. */
export function minuteKey(link: string, minute: string): string {
  return `link-minute=${link}|${minute}`;
}

/** `hour` is `2026-11-23T09`. */
export function hourKey(link: string, hour: string): string {
  return `link-hour=${link}|${hour}`;
}

export function hourTypeKey(link: string, hour: string, type: string): string {
  return `link-hour-type=${link}|${hour}|${type}`;
}

export function hourStateKey(link: string, hour: string, state: LinkMessage["state"]): string {
  return `link-hour-state=${link}|${hour}|${state}`;
}

export function linkStateKey(link: string, state: LinkMessage["state"]): string {
  return `link-state=${link}|${state}`;
}
