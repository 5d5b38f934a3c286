import { answers, answersBody, type Context } from "#access";
import { failed, notFound, ok, type Result, type Route, toIso } from "#kernel";
import { type CertificatesPage, type CertificateView, deliveryDecisionBody } from "../api.ts";
import type { LinkStatuses } from "../overview/link-status.ts";
import { type LinkSwitch, linkSwitchKind } from "./link-switch.ts";

export interface SwitchRoutesNeeds {
  readonly statuses: LinkStatuses;
  /** The certificates that links and destinations name, as their files are now. */
  certificates(): Promise<readonly CertificateView[]>;
}

/** Stopping links and starting them again, and what may stop them by itself: certificates that expire. */
export function switchRoutes({ statuses, certificates }: SwitchRoutesNeeds): readonly Route<Context>[] {
  const switching = ({ word, isStopped, summary }: Switching): Route<Context> => ({
    method: "POST",
    path: `/api/clinical/links/:id/${word}`,
    policy: "deliveries.manage",
    summary,
    handle: answersBody(deliveryDecisionBody, async ({ comment }, { context, id: link }) => {
      if (!statuses().some(({ name }) => name === link))
        return failed(notFound("not-found", `There is no link ${link}.`));
      return switchLink(context, { link, isStopped, comment });
    }),
  });
  return [
    switching({ word: "stop", isStopped: true, summary: "Take no more messages over a link" }),
    switching({ word: "start", isStopped: false, summary: "Take messages over a link again" }),
    {
      method: "GET",
      path: "/api/clinical/certificates",
      policy: "links.see",
      summary: "The certificates of links and destinations, and when they expire",
      handle: answers(async () => ok({ certificates: await certificates() } satisfies CertificatesPage)),
    },
  ];
}

interface Switching {
  readonly word: "stop" | "start";
  readonly isStopped: boolean;
  readonly summary: string;
}

/** Every running Corridor follows within a second; what is under way is answered. Problems: those of the record. */
async function switchLink(
  { record, actor, clock }: Context,
  { link, isStopped, comment }: Pick<LinkSwitch, "link" | "isStopped" | "comment">,
): Promise<Result<Pick<LinkSwitch, "link" | "isStopped">>> {
  const { reference: by, display } = actor;
  const body: LinkSwitch = { link, isStopped, comment, by, display, at: toIso(clock.now()) };
  const operations = [{ action: "update", kind: linkSwitchKind, id: link, body }] as const;
  const written = await record.transact({ operations });
  return written.ok ? ok({ link, isStopped }) : written;
}
