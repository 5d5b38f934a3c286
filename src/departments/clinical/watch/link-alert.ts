import { type KindDefinition, noEntries } from "#record";
import { alertRuleNames } from "../api/alerts.ts";
import { isText, isTime, sound } from "./sound.ts";

export const linkAlertKind = "LinkAlert";

export type AlertRule = (typeof alertRuleNames)[number];

/** Something that did not happen: written once when it begins and once when it ends, and when a person acknowledges it. */
export type LinkAlert = {
  readonly link: string;
  readonly rule: AlertRule;
  /** What of the link it is about: a test, a destination, a sender. Absent: the whole link. */
  readonly subject?: string;
  /** When it began, as far as can be told. */
  readonly since: string;
  readonly openedAt: string;
  /** When it ended; absent while it lasts. */
  readonly until?: string;
  /** When its end was noticed. */
  readonly closedAt?: string;
  /** A sentence without personal data. */
  readonly text: string;
  /** How many things were amiss when it was opened: messages, orders, deliveries. */
  readonly count: number;
  /** Documents that show it: `LinkMessage/7c…`. */
  readonly examples: readonly string[];
  readonly acknowledged?: Acknowledged;
};

export type Acknowledged = {
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  readonly at: string;
  readonly comment: string;
};

/** Something that is amiss now. */
export type Finding = Pick<LinkAlert, "link" | "rule" | "subject" | "since" | "text" | "count" | "examples">;

/** There is one open alert at most of each of these. */
export function alertSubject({ link, rule, subject = "" }: Pick<Finding, "link" | "rule" | "subject">): string {
  return JSON.stringify([link, rule, subject]);
}

export const linkAlertDefinition: KindDefinition = {
  kind: linkAlertKind,
  check: ({ link, rule, since, openedAt, text }) =>
    sound(
      isText(link) &&
        alertRuleNames.some((known) => known === rule) &&
        isTime(since) &&
        isTime(openedAt) &&
        isText(text),
      linkAlertKind,
    ),
  index: (body) => {
    const { link, rule, since, closedAt, acknowledged } = body as unknown as LinkAlert;
    const sinceMs = Date.parse(since);
    const isNew = closedAt === undefined && acknowledged === undefined;
    return {
      ...noEntries,
      keys: [
        `state=${closedAt === undefined ? "open" : "past"}`,
        ...(isNew ? ["state=new"] : []),
        `link=${link}`,
        `rule=${rule}`,
      ],
      dates: [{ parameter: "since", fromMs: sinceMs, toMs: sinceMs + 1 }],
    };
  },
};
