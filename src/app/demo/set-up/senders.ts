import type { Log, SendOutcome } from "#kernel";
import { mllpSender } from "#links/mllp";
import type { DemoMessage } from "../messages/sender.ts";
import { type DemoLink, linkOf } from "./demo-links.ts";
import type { Door } from "./door.ts";

export type Doors = Readonly<Record<DemoLink, Door>>;

/** The systems of the hospital, each sending over its link. */
export interface HospitalSenders {
  send(message: DemoMessage, signal: AbortSignal): Promise<SendOutcome>;
  close(): Promise<void>;
}

const answerWithinSeconds = 60;

/** Senders to the hospital's own doors, with so many connections to each at once. */
export function hospitalSenders(doors: Doors, connections: number, log: Log): HospitalSenders {
  const to = (door: Door) =>
    mllpSender({ ...door, name: "demonstration", connections, answerWithinSeconds, mode: "original" }, { log });
  const senders = { lab: to(doors.lab), cellpath: to(doors.cellpath), pas: to(doors.pas) };
  return {
    send: ({ application, bytes, controlId }, signal) => {
      const message = { body: bytes, contentType: "x-application/hl7-v2+er7", controlId };
      return senders[linkOf(application)].send(message, signal);
    },
    async close() {
      await Promise.all(Object.values(senders).map((sender) => sender.close()));
    },
  };
}
