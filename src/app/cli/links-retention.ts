import { type Actor, workerActor } from "#access";
import { type KeptReason, type PlannedDay, previewRetention, retireDays } from "#departments/clinical";
import { ok, type Result } from "#kernel";
import { besideCorridor } from "../compose/beside.ts";
import { openIdentity, thisAccount } from "../compose/identity.ts";
import type { Invocation } from "./command.ts";
import { runningConfiguration } from "./replay/replaying.ts";
import type { Given } from "./settings.ts";

/** Takes away what links carried and need not keep; with `--preview` it only tells what that would be. */
export function keepToRetention({ options, terminal }: Invocation, given: Given): Promise<Result<void>> {
  return besideCorridor(given, async (parts) => {
    const context = openIdentity(parts).contextOf(actorOfCommand());
    const configuration = await runningConfiguration(context, given.config);
    if (!configuration.ok) return configuration;
    const { links } = configuration.value;
    const stores = [parts.store.blobs.daily, parts.blobs.daily];
    const needs = { context, stores, links: () => links, log: given.log };
    const isPreview = options.preview === true;
    const previewed = isPreview ? await previewRetention(needs) : undefined;
    const done = previewed === undefined ? await retireDays(needs) : undefined;
    if (previewed?.ok === false) return previewed;
    if (done?.ok === false) return done;
    const days = previewed?.value ?? done?.value.days ?? [];
    const retired = done?.value.retired ?? [];
    if (options.json === true) terminal.out(JSON.stringify({ isPreview, days, retired }, null, 2));
    else for (const line of linesOf(days, { isPreview, retired })) terminal.out(line);
    return ok(undefined);
  });
}

/** What the worker may that does this by itself, under the name of the account. */
function actorOfCommand(): Actor {
  return { ...thisAccount(), permissions: workerActor("retention").permissions };
}

interface Telling {
  readonly isPreview: boolean;
  readonly retired: readonly string[];
}

function linesOf(days: readonly PlannedDay[], { isPreview, retired }: Telling): readonly string[] {
  const lines = days.map(
    (day) => `${day.day} ${fate(day)}. Messages: ${day.messages}; space: ${megabytes(day.sizeBytes)}.`,
  );
  const going = days.filter(({ day, kept }) => (isPreview ? kept === undefined : retired.includes(day)));
  const total = megabytes(going.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const sum = `Days that ${isPreview ? "would go" : "are gone"}: ${going.length}; space: ${total}.`;
  return [...lines, days.length === 0 ? "Nothing is older than its link keeps it." : sum];

  function fate({ day, kept }: PlannedDay): string {
    if (kept !== undefined) return `stays, ${reasonText(kept)}`;
    if (isPreview) return "would go";
    return retired.includes(day) ? "is gone" : "stays for now, a backup needs it";
  }
}

function reasonText(kept: KeptReason): string {
  switch (kept.because) {
    case "other-link":
      return `it has messages of the link ${kept.link}, which are to be kept longer`;
    case "message-waits":
      return `the message ${kept.message} waits`;
    case "delivery-waits":
      return `a delivery to ${kept.destination} waits`;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
