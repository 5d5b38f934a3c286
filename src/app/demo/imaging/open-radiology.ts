import { setTimeout as passed } from "node:timers/promises";
import type { Access, Actor } from "#access";
import { failed, hospitalTime, type Log, limits, ok, type Result, silentMeter, unavailable } from "#kernel";
import { dimseClient } from "#links/dimse";
import { systemClock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { type Door, untilListening } from "../set-up/door.ts";
import type { Doors } from "../set-up/senders.ts";
import type { Story } from "../story/story.ts";
import type { FilledImages } from "./fill-images.ts";
import { type Radiology, startRadiology } from "./radiology.ts";
import { ensureStations } from "./stations.ts";

export interface OpenRadiologyNeeds {
  readonly access: Access;
  readonly account: Actor;
  readonly config: Config;
  readonly stories: readonly Story[];
  readonly note: { readonly asOfMs: number; readonly hasImages: boolean };
  readonly hasModalities: boolean;
  readonly doors: Doors;
  /** Where Corridor takes DICOM. */
  readonly dicom: Door;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface OpenedRadiology {
  /** Settles when the studies are in; undefined when they were before, or it was stopped. */
  readonly filled: Promise<Result<FilledImages | undefined>>;
  stop(): Promise<void>;
}

/** The radiology of the demonstration, as soon as the archive listens. */
export function openRadiology(needs: OpenRadiologyNeeds): OpenedRadiology {
  let radiology: Radiology | undefined;
  const begun = begin();
  const filled = begun.then((opened) => (opened.ok ? (radiology?.filled ?? ok(undefined)) : opened));

  async function begin(): Promise<Result<void>> {
    const { access, account, config, note, dicom, log, signal } = needs;
    const letIn = await ensureStations(access, account);
    if (!letIn.ok) return letIn;
    // Who is let in is looked up anew after this time at the latest.
    if (letIn.value.isNew) await passed(2 * limits.nodesHeldMs, undefined, { signal }).catch(() => {});
    const listening = await untilListening(dicom, signal);
    if (signal.aborted) return ok(undefined);
    if (!listening.ok) return failed(noDoor);
    const client = dimseClient({ log, meter: silentMeter });
    const node = { ...dicom, calledAe: config.aeTitle };
    const { asOfMs } = note;
    const time = hospitalTime(config.timeZone);
    const isToFill = !note.hasImages;
    radiology = startRadiology({ ...needs, asOfMs, isToFill, client, node, hospitalTime: time, clock: systemClock });
    return ok(undefined);
  }

  return {
    filled,
    async stop() {
      await begun;
      await radiology?.stop();
    },
  };
}

const noDoor = unavailable(
  "no-dicom-door",
  "The demonstration's modalities send by DICOM, and nobody listens there: it stays without images.",
);
