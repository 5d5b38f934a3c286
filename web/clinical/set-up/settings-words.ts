import type {
  AcknowledgeSettings,
  DestinationSettings,
  IntakeSettings,
  OutletSettings,
  RetrySettings,
  RouteCondition,
  SenderContract,
  WatchSettings,
} from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";

/** `MLLP on port 2575, with TLS; 2 addresses may connect`. */
export function intakeText(intake: IntakeSettings): string {
  switch (intake.by) {
    case "mllp": {
      const place = intake.host === undefined ? `port ${intake.port}` : `${intake.host}:${intake.port}`;
      const tls =
        intake.tls === undefined
          ? ""
          : intake.tls.clientAuthority === undefined
            ? ", TLS"
            : ", TLS with certificates of clients";
      const most =
        intake.connectionsMax === undefined ? "" : `, at most ${countOf(intake.connectionsMax, "connection")}`;
      return `MLLP on ${place}${tls}${most}`;
    }
    case "http":
      return "HTTP, posted to Corridor with a token";
    case "folder":
      return `Files ${intake.pattern} of the folder ${intake.path}, every ${secondsText(intake.everySeconds)}`;
    case "sftp":
      return `Files ${intake.pattern} of ${intake.user}@${intake.host}:${intake.port}${intake.path} over SFTP, every ${secondsText(intake.everySeconds)}`;
    case "record":
      return `The record: ${intake.writes === "oru-r01" ? "reports" : "orders"} written here go out as ${writtenWords[intake.writes]}, HL7 v${intake.version}${intake.recipients.length === 0 ? "" : `, to ${intake.recipients.join(", ")}`}`;
    case "simulator":
      return "The simulator: messages made by Corridor itself";
  }
}

const writtenWords = { "orm-o01": "ORM^O01", "oml-o21": "OML^O21", "oru-r01": "ORU^R01" } as const;

const modes: Readonly<Record<AcknowledgeSettings["mode"], string>> = {
  original: "Original mode",
  enhanced: "Enhanced mode",
  "by-message": "The mode that each message asks for",
};

export function acknowledgeText({ mode, after, sequence }: AcknowledgeSettings): string {
  const when =
    after === "recorded"
      ? "when the message is in the record"
      : `when it is delivered to ${after.delivered.join(", ")}, waiting at most ${secondsText(after.waitSeconds)}`;
  return `${modes[mode]}, ${when}${sequence ? "; sequence numbers are kept (MSH-13)" : ""}`;
}

/** What a sender has agreed to, a line each; what is not restricted has no line. */
export function contractLines(contract: SenderContract): readonly string[] {
  const { applications, facilities, types, versions, processing, nhsNumberRequired } = contract;
  const lists = [
    ["Applications", applications],
    ["Facilities", facilities],
    ["Types of message", types],
    ["Versions of HL7", versions],
    ["Processing IDs", processing],
  ] as const;
  const lines = lists.filter(([, list]) => list.length > 0).map(([what, list]) => `${what}: ${list.join(", ")}`);
  return nhsNumberRequired ? [...lines, "An NHS number is needed"] : lines;
}

/** `type ORU^R01 and OBR-24 MB or HM`; `every message` where nothing is asked. */
export function conditionText({ types, senders, receivers, fields = {}, not }: RouteCondition): string {
  const parts = [
    listText("type", types),
    listText("sender", senders),
    listText("receiver", receivers),
    ...Object.entries(fields).map(([field, values]) => listText(field, values)),
    not === undefined ? undefined : `not (${conditionText(not)})`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "every message" : parts.join(" and ");
}

function listText(what: string, values: readonly string[] | undefined): string | undefined {
  return values === undefined ? undefined : `${what} ${values.join(" or ")}`;
}

export function outletText(outlet: OutletSettings): string {
  switch (outlet.by) {
    case "mllp": {
      const tls = outlet.tls === undefined ? "" : ", TLS";
      return `MLLP to ${outlet.host}:${outlet.port}${tls}, ${countOf(outlet.connections, "connection")}, ${outlet.mode} mode, an answer within ${secondsText(outlet.answerWithinSeconds)}`;
    }
    case "http":
      return `HTTP to ${outlet.url}, an answer within ${secondsText(outlet.answerWithinSeconds)}`;
    case "fhir":
      return `FHIR ${outlet.as} to ${outlet.url}, an answer within ${secondsText(outlet.answerWithinSeconds)}`;
    case "folder":
      return `Files .${outlet.extension} in the folder ${outlet.path}`;
    case "sftp":
      return `Files .${outlet.extension} to ${outlet.user}@${outlet.host}:${outlet.port}${outlet.path} over SFTP`;
  }
}

/** `16 messages a file; fewer after 1 min`. */
export function batchText({ messagesMax, waitSeconds }: NonNullable<DestinationSettings["batch"]>): string {
  return `${countOf(messagesMax, "message")} a file; fewer after ${secondsText(waitSeconds)}`;
}

/** `6 times every 10 min, then a person is told; a refusal parks the message at once`. */
export function retryText({ steps, refused }: RetrySettings): string {
  const tries = steps.map(({ afterSeconds, times }) => `${countOf(times, "time")} every ${secondsText(afterSeconds)}`);
  const words = tries.length === 0 ? "Not again" : tries.join(", ");
  const refusal = refused === "park" ? "a refusal parks the message at once" : "a refusal counts as no answer";
  return `${words}, then a person is told; ${refusal}`;
}

export function watchText(watch: WatchSettings | false): string {
  if (watch === false) return "nothing";
  const { silence, resultWithinHours, sequence, unordered } = watch;
  const tests = Object.entries(resultWithinHours).map(
    ([test, hours]) => `${test === "*" ? "every test" : test} within ${countOf(hours, "hour")}`,
  );
  const parts = [
    silence ? "silence" : undefined,
    sequence ? "gaps in sequence numbers" : undefined,
    tests.length === 0 ? undefined : `orders without results (${tests.join(", ")})`,
    unordered ? "results without orders are counted" : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

/** `45 s`, `10 min`, `2 h`. */
export function secondsText(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
