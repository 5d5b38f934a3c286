import { z } from "zod";
import { answers, answersBody, answersQuery, type Context, readCursor, writeCursor } from "#access";
import { conflict, failed, ok, type Result, type Route, toIso } from "#kernel";
import { type Cursor, parseBody } from "#record";
import {
  type ImageRouteView,
  type ImageSendsPage,
  type ImageSendView,
  imageRouteBody,
  type RouteTrialView,
  sendBody,
  sendsQuery,
} from "../../api/image-routing.ts";
import { isCalled } from "../nodes/dicom-node.ts";
import type { NodeDirectory } from "../nodes/node-directory.ts";
import { imageRouteKind, whyNotRouted } from "./image-route.ts";
import { type ImageSend, imageSendId, imageSendKind, stateKey } from "./image-send.ts";
import { planSends, readRoutes, routedStudy } from "./plan-sends.ts";

const base = "/api/clinical/images";
const policy = "images.keep";

/** Where studies go: by rules, by hand, and what waits. */
export function routingRoutes(directory: NodeDirectory): readonly Route<Context>[] {
  return [
    ...ruleRoutes,
    {
      method: "GET",
      path: `${base}/studies/:id/routes`,
      policy,
      summary: "Where the rules would send a study now, and why not elsewhere",
      handle: answers(({ context, id }) => tryRules(context, id)),
    },
    {
      method: "POST",
      path: `${base}/studies/:id/send`,
      policy,
      summary: "Send a study to a node",
      handle: answersBody(sendBody, (body, { context, id }) => sendByHand(context, directory, { study: id, ...body })),
    },
    {
      method: "GET",
      path: `${base}/sends`,
      policy,
      summary: "What waits to be sent, was sent, is parked or was cancelled",
      handle: answersQuery(sendsQuery, (query, { context }) => fetchSends(context, query)),
    },
    decided("retry", "Try again what is parked, or at once what waits", triedAgainNow),
    decided("cancel", "Do not send what waits or is parked", (send) => ({ ...send, state: "cancelled" })),
  ];
}

const ruleRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: `${base}/rules`,
    policy,
    summary: "The rules of where studies go",
    handle: answers(async ({ context }) => {
      const routes = await readRoutes(context);
      return routes.ok ? ok({ rules: routes.value satisfies readonly ImageRouteView[] }) : routes;
    }),
  },
  {
    method: "PUT",
    path: `${base}/rules/:id`,
    policy,
    summary: "Write a rule of where studies go",
    handle: answersBody(imageRouteBody, async (body, { context, id }) => {
      const operations = [{ action: "update", kind: imageRouteKind, id, body: plain(body) }] as const;
      const written = await context.record.transact({ operations });
      return written.ok ? ok({ id, ...body }) : written;
    }),
  },
  {
    method: "DELETE",
    path: `${base}/rules/:id`,
    policy,
    summary: "Take a rule away; what waits by it is still sent",
    handle: answers(async ({ context, id }) => {
      const gone = await context.record.transact({ operations: [{ action: "delete", kind: imageRouteKind, id }] });
      return gone.ok ? ok({ id }) : gone;
    }),
  },
];

/** Which objects were refused is not kept: where some were, it begins again, and the node gets what it has a second time. */
function triedAgainNow({ reason: _, after, ...send }: ImageSend, now: string): ImageSend {
  const begun = send.failed > 0 || after === undefined ? { sent: 0 } : { after };
  return { ...send, ...begun, state: "waiting", attempts: 0, failed: 0, nextAt: now };
}

function decided(word: string, summary: string, change: (send: ImageSend, now: string) => ImageSend): Route<Context> {
  return {
    method: "POST",
    path: `${base}/sends/:id/${word}`,
    policy,
    summary,
    handle: answers(async ({ context, id }) => {
      const read = await context.record.read(imageSendKind, id);
      if (!read.ok) return read;
      const send = parseBody<ImageSend>(read.value);
      if (send.state === "sent" || send.state === "cancelled") return failed(alreadyOver);
      const body = change(send, toIso(context.clock.now()));
      const ifMatch = read.value.version;
      const operations = [{ action: "update", kind: imageSendKind, id, body, ifMatch }] as const;
      const written = await context.record.transact({ operations });
      return written.ok ? ok({ id, ...body }) : written;
    }),
  };
}

const alreadyOver = conflict("send-over", "It was sent or cancelled before: send the study again instead.");

/** Members that are undefined are none. */
function plain(body: z.infer<typeof imageRouteBody>) {
  return JSON.parse(JSON.stringify(body));
}

async function tryRules(
  context: Context,
  study: string,
): Promise<Result<{ readonly rules: readonly RouteTrialView[] }>> {
  const routes = await readRoutes(context);
  if (!routes.ok) return routes;
  const routed = await routedStudy(context, study);
  if (!routed.ok) return routed;
  const { value: facts } = routed;
  if (facts === undefined) return ok({ rules: [] });
  const rules = routes.value.map((rule): RouteTrialView => {
    const because = whyNotRouted(rule, facts);
    return because === undefined ? { rule: rule.id, goesTo: rule.to } : { rule: rule.id, goesTo: [], because };
  });
  return ok({ rules });
}

interface HandSend {
  readonly study: string;
  readonly node: string;
  readonly transferSyntax?: string | undefined;
  readonly reason: string;
}

/** Sent again from its beginning where it was sent before. Problems: not-found for the node; incorrect where it is never called. */
async function sendByHand(context: Context, directory: NodeDirectory, wish: HandSend): Promise<Result<ImageSendView>> {
  const nodes = await directory.nodes();
  if (!nodes.ok) return nodes;
  const node = nodes.value.find(({ id }) => id === wish.node);
  if (node === undefined || !isCalled(node))
    return failed(conflict("node-not-called", `${wish.node} is no node that can be sent to.`));
  const id = imageSendId(wish.study, wish.node);
  const why = `by hand${wish.reason === "" ? "" : `: ${wish.reason}`}`;
  const known = await context.record.readMany([{ kind: imageSendKind, id }]);
  if (!known.ok) return known;
  const [version] = known.value;
  if (version !== undefined) {
    const { after: _, reason: __, transaction: ___, ...send } = parseBody<ImageSend>(version);
    const again = {
      ...send,
      why,
      state: "sent" as const,
      sent: 0,
      failed: 0,
      total: 0,
      commitment: "not-asked" as const,
    };
    const operations = [{ action: "update", kind: imageSendKind, id, body: again }] as const;
    const written = await context.record.transact({ operations });
    if (!written.ok) return written;
  }
  const { study, transferSyntax } = wish;
  const planned = await planSends(context, [{ study, node: wish.node, why, transferSyntax }]);
  if (!planned.ok) return planned;
  const read = await context.record.read(imageSendKind, id);
  return read.ok ? ok({ ...parseBody<ImageSend>(read.value), id }) : read;
}

const pageSends = 100;

async function fetchSends(
  { record }: Context,
  { state, cursor }: z.infer<typeof sendsQuery>,
): Promise<Result<ImageSendsPage>> {
  const after = readCursor(cursor, z.object({ position: z.number() }));
  if (!after.ok) return after;
  const query = (wanted: string) => ({
    kind: imageSendKind,
    all: [{ is: "key", any: [stateKey(wanted)] } as const],
    sort: { by: "updated", descending: true } as const,
    limit: pageSends,
  });
  const place = after.value === undefined ? {} : { after: after.value as Cursor };
  const found = await record.search({ ...query(state), ...place });
  if (!found.ok) return found;
  const waiting = await record.count(query("waiting"));
  if (!waiting.ok) return waiting;
  const parked = await record.count(query("parked"));
  if (!parked.ok) return parked;
  const sends = found.value.versions.map(
    (version): ImageSendView => ({ ...parseBody<ImageSend>(version), id: version.id }),
  );
  const { next } = found.value;
  return ok({
    sends,
    waiting: waiting.value,
    parked: parked.value,
    ...(next === undefined ? {} : { next: writeCursor(next) }),
  });
}
