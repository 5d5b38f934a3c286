import { z } from "zod";
import { limits } from "#kernel";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { openText, sealText } from "../second-factor/sealed.ts";

const schema = z.object({
  userId: z.string(),
  applicationId: z.string(),
  patient: z.string().optional(),
  encounter: z.string().optional(),
  untilMs: z.number(),
});

/** Who started which application in which chart. */
export type Launch = Readonly<Omit<z.infer<typeof schema>, "untilMs">>;

const purpose = "launch";

/** The launch as the application hands it back: sealed, so that it says nothing to anybody else and cannot be made up. */
export function newLaunch({ sealKey, clock }: IdentityNeeds, launch: Launch): string {
  const untilMs = clock.now() + limits.launchMs;
  return sealText(JSON.stringify({ ...launch, untilMs }), { key: sealKey, purpose });
}

/** Undefined where it is none, or too old. */
export function readLaunch({ sealKey, clock }: IdentityNeeds, text: string): Launch | undefined {
  const opened = openText(text, { key: sealKey, purpose });
  if (opened === undefined) return undefined;
  const { untilMs, ...launch } = schema.parse(JSON.parse(opened));
  return clock.now() < untilMs ? launch : undefined;
}
